package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.IntakeState;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoutesTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    static String event(String id) {
        return "{\"event_id\":\"" + id + "\",\"ts\":\"2025-10-23T17:41:26Z\",\"user_id\":\"u_1\","
            + "\"market\":\"DE\",\"brand\":\"X\",\"game\":{\"id\":\"g\",\"provider\":\"P\","
            + "\"type\":\"slot\"},\"bet\":{\"amount_minor\":100,\"currency\":\"EUR\"},"
            + "\"round\":{\"id\":\"r\",\"status\":\"ended\"}}";
    }

    static void await(BooleanSupplier condition) {
        final long deadline = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in vain");
            Thread.onSpinWait();
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertEquals(status, answer.statusCode(), answer::body);
        assertEquals("application/problem+json",
            answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(answer.body().startsWith("{\"type\":\"urn:laurel:problem:" + code
            + "\",\"title\":\""), answer::body);
        assertTrue(answer.body().contains("\"status\":" + status + ",\"code\":\"" + code + "\""),
            answer::body);
        assertTrue(answer.body().matches("(?s).*\"trace_id\":\"[0-9a-f]{32}\".*"), answer::body);
    }

    @Test
    void shouldAnswer202WhenAccepted() {
        final HttpResponse<String> answer = node.event(event("e1"));
        assertEquals(202, answer.statusCode());
        assertEquals("{\"accepted\":true,\"outcome\":\"accepted\",\"sequence\":2}", answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(List.of("source local", "event e1"), node.gate.log);
    }

    @Test
    void shouldAnswer200WithTheOriginalSequenceWhenDuplicate() {
        final HttpResponse<String> answer = node.event(event("duplicate-1"));
        assertEquals(200, answer.statusCode());
        assertEquals("{\"accepted\":true,\"outcome\":\"duplicate\",\"sequence\":7}",
            answer.body());
    }

    @ParameterizedTest
    @CsvSource({"too_early, 422", "too_late, 422", "id_conflict, 409", "round_closed, 422",
        "round_open, 422", "currency_mismatch, 422", "capacity, 503", "storage_low, 503"})
    void shouldAnswerAProblemWhenTheEngineRefuses(String code, int status) {
        final HttpResponse<String> answer = node.event(event(code + "-1"));
        assertProblem(answer, status, code);
        assertTrue(answer.body().contains("\"sequence\":2"));
        assertEquals(status == 503, answer.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void shouldCountAnInvalidEventInTheLogAndNameTheField() {
        final HttpResponse<String> answer =
            node.event(event("e1").replace("\"DE\"", "\"de\""));
        assertProblem(answer, 422, "invalid");
        assertTrue(answer.body().contains("\"field\":\"market\""), answer::body);
        assertEquals("refused invalid", node.gate.log.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}x", "nothing"})
    void shouldAnswer400WhenMalformed(String body) {
        assertProblem(node.event(body), 400, "malformed");
        assertEquals(1, node.gate.log.size());
    }

    @Test
    void shouldAnswer503WhenIntakeIsClosed() {
        for (final IntakeState state : List.of(IntakeState.STORAGE_LOW, IntakeState.CAPACITY)) {
            node.gate.intake = state;
            final String code = state.name().toLowerCase(Locale.ROOT);
            final HttpResponse<String> answer = node.event(event("e1"));
            assertProblem(answer, 503, code);
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
            assertProblem(node.batch(event("e1")), 503, code);
        }
    }

    @Test
    void shouldAnswerABatchLineByLine() {
        final String body = String.join("\n", event("a"), event("duplicate-b"), "", "{oops",
            event("too_late-c") + "\r", event("d").replace("100", "1.5"), event("e"), "");
        final HttpResponse<String> answer = node.batch(body);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"accepted\":2,\"duplicate\":1,\"refused\":["
            + "{\"line\":4,\"code\":\"malformed\","), answer::body);
        assertTrue(answer.body().contains("{\"line\":5,\"code\":\"too_late\",\"sequence\":4}"),
            answer::body);
        assertTrue(answer.body().contains("{\"line\":6,\"code\":\"invalid\",\"field\":"
            + "\"bet.amount_minor\",\"detail\":\"is not a whole number\",\"sequence\":5}"),
            answer::body);
        assertTrue(answer.body().endsWith("],\"sequence\":7}"), answer::body);
        assertEquals(List.of("source local", "event a", "event duplicate-b", "event too_late-c",
            "refused invalid", "event e"), node.gate.log);
    }

    @Test
    void shouldTakeAnEmptyBatch() {
        assertEquals("{\"accepted\":0,\"duplicate\":0,\"refused\":[],\"sequence\":0}",
            node.batch("\n\n").body());
    }

    @Test
    void shouldAnswer503WhenNoLineHadRoom() {
        assertProblem(node.batch(event("capacity-1") + "\n" + event("capacity-2")), 503,
            "capacity");
    }

    @Test
    void shouldTakeAThousandLinesAndNoMore() {
        final String thousand = IntStream.range(0, 1000).mapToObj(i -> event("e" + i))
            .collect(Collectors.joining("\n"));
        assertTrue(node.batch(thousand).body().startsWith("{\"accepted\":1000,"));
        assertProblem(node.batch(thousand + "\n" + event("more")), 413, "too_large");
        assertEquals(1001, node.gate.log.size());
        assertEquals("event e999", node.gate.log.get(1000));
    }

    @Test
    void shouldAnswerABatchOnlyWhenTheLastIsDurable() {
        node.gate.holdsReplies = true;
        final CompletableFuture<HttpResponse<String>> answer =
            CompletableFuture.supplyAsync(() -> node.batch(event("a") + "\n" + event("b")));
        await(() -> node.gate.log.size() == 3);
        assertTrue(!answer.isDone());
        node.gate.release();
        assertTrue(answer.orTimeout(5, TimeUnit.SECONDS).join().body()
            .startsWith("{\"accepted\":2"));
    }

    @Test
    void shouldWaitAndLoseNothingWhenTheRingIsFull() {
        node.gate.room = 100;
        final String lines = IntStream.range(0, 300).mapToObj(i -> event("e" + i))
            .collect(Collectors.joining("\n"));
        final var batch = CompletableFuture.supplyAsync(() -> node.batch(lines));
        await(() -> node.gate.log.size() == 101);
        final var single = CompletableFuture.supplyAsync(() -> node.event(event("last")));
        node.gate.room = 150;
        await(() -> node.gate.log.size() == 251);
        node.gate.room = 1000;
        assertTrue(batch.orTimeout(5, TimeUnit.SECONDS).join().body()
            .startsWith("{\"accepted\":300,"));
        assertEquals(202, single.orTimeout(5, TimeUnit.SECONDS).join().statusCode());
        assertEquals(302, node.gate.log.size());
        final List<String> ofBatch = node.gate.log.stream()
            .filter(line -> line.startsWith("event e")).toList();
        assertEquals(IntStream.range(0, 300).mapToObj(i -> "event e" + i).toList(), ofBatch);
    }

    @Test
    void shouldRefuseBodiesThatAreTooLong() {
        assertProblem(node.event(" ".repeat(65 << 10)), 413, "too_large");
        assertProblem(node.batch(" ".repeat((1 << 20) + 1)), 413, "too_large");
        final HttpResponse<String> longLine =
            node.batch(event("a") + "\n" + event("b") + " ".repeat(64 << 10));
        assertTrue(longLine.body().startsWith("{\"accepted\":1,\"duplicate\":0,\"refused\":["
            + "{\"line\":2,\"code\":\"invalid\""), longLine::body);
    }

    @Test
    void shouldRefuseOtherMediaTypesAndCompression() {
        for (final String type : new String[] {"text/xml", "multipart/form-data",
            "application/json; charset=latin1"}) {
            assertProblem(node.send(false, "POST", "/v1/events", event("a"), "Content-Type", type),
                415, "unsupported_media_type");
        }
        assertProblem(node.send(false, "POST", "/v1/events", event("a"), "Content-Encoding",
            "gzip"), 415, "unsupported_media_type");
        assertEquals(202, node.send(false, "POST", "/v1/events", event("a"), "Content-Type",
            "application/json; charset=UTF-8").statusCode());
        assertEquals(202, node.send(false, "POST", "/v1/events", event("b")).statusCode());
    }

    @Test
    void shouldRefuseEventsFromPagesOfOtherOrigins() {
        assertProblem(node.send(false, "POST", "/v1/events", event("a"), "Origin",
            "http://evil.example"), 403, "forbidden");
    }
}
