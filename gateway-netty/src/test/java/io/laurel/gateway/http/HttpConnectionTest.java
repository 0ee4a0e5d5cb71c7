package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String LIVE = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";

    private TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    private void restart(HttpLimits limits) {
        node.close();
        node = new TestNode(limits, RequestKeys.NONE);
    }

    private static String post(String event) {
        return "POST /v1/events HTTP/1.1\r\n" + HOST + "Content-Length: " + event.length()
            + "\r\n\r\n" + event;
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), () -> status + "? " + answer);
    }

    @Test
    void shouldKeepTheConnectionAndTheOrderWhenPipelined() {
        try (RawClient client = node.raw()) {
            client.send(post(EventRoutesTest.event("a")) + LIVE + "GET /none HTTP/1.1\r\n" + HOST
                + "\r\n" + post(EventRoutesTest.event("duplicate-b")) + LIVE);
            assertStatus(202, client.answer());
            assertStatus(200, client.answer());
            assertStatus(404, client.answer());
            assertTrue(client.answer().contains("\"duplicate\""));
            assertStatus(200, client.answer());
        }
    }

    @Test
    void shouldHaveOneRequestInFlightPerConnection() {
        node.gate.holdsReplies = true;
        try (RawClient client = node.raw()) {
            client.send(post(EventRoutesTest.event("a")) + post(EventRoutesTest.event("b")));
            EventRoutesTest.await(() -> node.gate.log.size() == 2);
            assertEquals(200, node.get("/health/live").statusCode());
            assertEquals(2, node.gate.log.size());
            node.gate.release();
            assertStatus(202, client.answer());
            assertStatus(202, client.answer());
            assertEquals("event b", node.gate.log.get(2));
        }
    }

    @Test
    void shouldAnswerThousandsOfSmallRequestsInOnePacket() {
        final int count = 3_000;
        final String one = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawClient client = node.raw()) {
            final CompletableFuture<RawClient> sent =
                CompletableFuture.supplyAsync(() -> client.send(one.repeat(count)));
            for (int i = 0; i < count; i++) {
                assertStatus(404, client.answer());
            }
            sent.orTimeout(5, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void shouldTakeABodyOfThousandsOfChunks() {
        final String event = EventRoutesTest.event("a") + " ".repeat(8_000);
        final StringBuilder body = new StringBuilder("POST /v1/events HTTP/1.1\r\n" + HOST
            + "Transfer-Encoding: chunked\r\n\r\n");
        event.chars().forEach(c -> body.append("1\r\n").append((char) c).append("\r\n"));
        try (RawClient client = node.raw()) {
            client.send(body.append("0\r\n\r\n").toString());
            assertStatus(202, client.answer());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello", "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x5\r\n\r\nhello", "Content-Length: \r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n",
        "Host: other\r\nContent-Length: 0\r\n\r\n", "X: a\nContent-Length: 0\r\n\r\n"})
    void shouldRefuseAndCloseWhenTheLengthIsNotClear(String headers) {
        try (RawClient client = node.raw()) {
            client.send("POST /v1/events HTTP/1.1\r\n" + HOST + headers + LIVE);
            final String answer = client.answer();
            assertStatus(400, answer);
            assertTrue(answer.contains("\"code\":\"malformed\""), answer);
            if (!headers.startsWith("Host")) {
                assertTrue(client.isClosed());
            }
        }
        assertEquals(1, node.gate.log.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET /health/live HTTP/1.1 | 400", "GET health/live HTTP/1.1\\r\\nHost: a | 400",
        "GET /health/live HTTP/1.1\\r\\nHost: a b | 400", "GET /%zz HTTP/1.1\\r\\nHost: a | 400",
        "GET /%ff HTTP/1.1\\r\\nHost: a | 400", "GET /a%2 HTTP/1.1\\r\\nHost: a | 400",
        "GET /v1/contests?market=%c0%80 HTTP/1.1\\r\\nHost: a | 400",
        "GET /health/live HTTP/2.0\\r\\nHost: a | 505", "OPTIONS * HTTP/1.1\\r\\nHost: a | 400",
        "CONNECT a:80 HTTP/1.1\\r\\nHost: a | 400",
        "GET http://a/health/live HTTP/1.1\\r\\nHost: a | 200",
        "GET /health/live HTTP/1.0 | 200",
        "GET /health/live HTTP/1.1\\r\\nHost: a\\r\\nExpect: cake | 417",
        "PATCH /health/live HTTP/1.1\\r\\nHost: a | 405",
        "GET /health//live HTTP/1.1\\r\\nHost: a | 404",
        "GET /health/live?x=1 HTTP/1.1\\r\\nHost: a | 400"})
    void shouldJudgeTheRequestLineAndTheHost(String head, int status) {
        try (RawClient client = node.raw()) {
            client.send(head.replace("\\r\\n", "\r\n") + "\r\n\r\n");
            assertStatus(status, client.answer());
        }
    }

    @Test
    void shouldRefuseLongLinesAndHeaders() {
        try (RawClient client = node.raw()) {
            client.send("GET /" + "a".repeat(4_100) + " HTTP/1.1\r\n" + HOST + "\r\n");
            assertStatus(414, client.answer());
            assertTrue(client.isClosed());
        }
        try (RawClient client = node.raw()) {
            client.send("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(8_200) + "\r\n\r\n");
            assertStatus(431, client.answer());
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldRefuseALongBodyBeforeItIsSentAndDeliverTheAnswer() {
        try (RawClient client = node.raw()) {
            client.send("POST /v1/events HTTP/1.1\r\n" + HOST
                + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
            assertStatus(413, client.answer());
            assertTrue(client.isClosed());
        }
        try (RawClient client = node.raw()) {
            client.send("POST /v1/events HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n"
                + "\r\n" + ("1000\r\n" + " ".repeat(0x1000) + "\r\n").repeat(17));
            assertStatus(413, client.answer());
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldSay100WhenTheBodyIsWanted() {
        final String event = EventRoutesTest.event("a");
        try (RawClient client = node.raw()) {
            client.send("POST /v1/events HTTP/1.1\r\n" + HOST
                + "Expect: 100-continue\r\nContent-Length: " + event.length() + "\r\n\r\n");
            assertStatus(100, client.answer());
            assertStatus(202, client.send(event).answer());
        }
    }

    @Test
    void shouldCloseWhenTheClientAsksForIt() {
        try (RawClient client = node.raw()) {
            client.send("GET /health/live HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
            assertStatus(200, client.answer());
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldEndSlowRequestsHoweverTheyTrickle() {
        restart(HttpLimits.DEFAULT.withTimes(Duration.ofMillis(200), Duration.ofMillis(300),
            Duration.ofMillis(400)));
        try (RawClient headers = node.raw(); RawClient body = node.raw();
             RawClient idle = node.raw()) {
            headers.send("GET /health");
            body.send("POST /v1/events HTTP/1.1\r\n" + HOST + "Content-Length: 500\r\n\r\n{");
            idle.send(LIVE);
            assertStatus(200, idle.answer());
            final long start = System.nanoTime();
            final String late = trickle(headers);
            assertTrue(late.isEmpty() || late.startsWith("HTTP/1.1 408"), late);
            assertTrue(System.nanoTime() - start < 4_000_000_000L);
            assertStatus(408, body.answer());
            assertTrue(body.isClosed());
            assertTrue(idle.isClosed());
        }
    }

    private static String trickle(RawClient client) {
        final CompletableFuture<String> answer = CompletableFuture.supplyAsync(client::answer);
        final long deadline = System.nanoTime() + 5_000_000_000L;
        while (!answer.isDone()) {
            assertTrue(System.nanoTime() < deadline, "never ended");
            try {
                client.send("x");
                answer.get(20, TimeUnit.MILLISECONDS);
            } catch (final java.util.concurrent.TimeoutException e) {
                assertFalse(answer.isDone() && answer.isCancelled());
            } catch (final java.io.UncheckedIOException | InterruptedException
                | java.util.concurrent.ExecutionException e) {
                return "";
            }
        }
        return answer.join();
    }

    @Test
    void shouldTurnAwayConnectionsBeyondTheLimitOfAnAddress() {
        restart(HttpLimits.DEFAULT.withConnections(100, 3));
        final List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final RawClient client = node.raw().send(LIVE);
            assertStatus(200, client.answer());
            clients.add(client);
        }
        try (RawClient fourth = node.raw()) {
            final String answer = fourth.answer();
            assertStatus(503, answer);
            assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("retry-after: 1"));
            assertTrue(fourth.isClosed());
        }
        clients.forEach(RawClient::close);
        EventRoutesTest.await(() -> {
            try (RawClient again = node.raw()) {
                return again.send(LIVE).answer().startsWith("HTTP/1.1 200");
            } catch (final java.io.UncheckedIOException e) {
                return false;
            }
        });
    }

    @Test
    void shouldTurnAwayConnectionsBeyondTheLimitOfAll() {
        restart(HttpLimits.DEFAULT.withConnections(1, 50));
        try (RawClient first = node.raw(); RawClient second = node.raw()) {
            assertStatus(200, first.send(LIVE).answer());
            assertStatus(503, second.answer());
            assertTrue(second.isClosed());
        }
    }

    @Test
    void shouldAnswer429WhenAnAddressAsksTooOften() {
        restart(HttpLimits.DEFAULT.withRates(20, 10, true));
        int refused = 0;
        try (RawClient client = node.raw()) {
            for (int i = 0; i < 60; i++) {
                final String answer = client.send(LIVE).answer();
                if (answer.startsWith("HTTP/1.1 429")) {
                    assertTrue(answer.contains("\"code\":\"too_many_requests\""), answer);
                    refused++;
                }
            }
        }
        assertTrue(refused > 0 && refused <= 40, "refused " + refused);
    }

    @Test
    void shouldFinishWhatIsUnderWayWhenItCloses() {
        node.gate.holdsReplies = true;
        final CompletableFuture<Void> closed;
        try (RawClient busy = node.raw(); RawClient idle = node.raw()) {
            assertStatus(200, idle.send(LIVE).answer());
            busy.send(post(EventRoutesTest.event("a")));
            EventRoutesTest.await(() -> node.gate.log.size() == 2);
            closed = node.server.close();
            assertTrue(idle.isClosed());
            node.gate.release();
            assertStatus(202, busy.answer());
            assertTrue(busy.isClosed());
        }
        closed.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
