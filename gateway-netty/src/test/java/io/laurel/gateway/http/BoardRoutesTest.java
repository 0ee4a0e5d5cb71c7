package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.query.BoardRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardRoutesTest {
    private static final String BOARD = "/v1/leaderboards/t_a";
    private static final String ROW_3 = "{\"pos\":3,\"user\":\"é𝄞***\",\"score\":12,"
        + "\"multiplier\":0.3333,\"rounds\":1,\"rebuilding\":true}";
    private static final String ACE =
        "{\"pos\":2,\"user\":\"Ace\",\"score\":5600.1,\"multiplier\":2.5,\"rounds\":3}";
    private static final String ME = "\"me\":{\"pos\":2,\"user\":\"u_123\",\"score\":5600.1,"
        + "\"multiplier\":2.5,\"rounds\":3,\"delta\":-2,\"to_next\":0.4,\"percentile\":33.3}";

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void shouldShowAliasesAndMaskedIdsInPublic() {
        final HttpResponse<String> answer = node.get(BOARD);
        assertEquals(200, answer.statusCode());
        assertEquals("{\"contest\":\"t_a\",\"status\":\"live\",\"sequence\":1,\"entries\":3,"
            + "\"top\":[{\"pos\":1,\"user\":\"u_***\",\"score\":184,\"multiplier\":50.0,"
            + "\"rounds\":31}," + ACE + "," + ROW_3 + "]}", answer.body());
        assertEquals("public, max-age=1, stale-while-revalidate=5",
            header(answer, "Cache-Control"));
        assertEquals(new BoardRequest("t_a", "", 100, "", 0, List.of(), -1, 0),
            node.gate.reads.asked);
    }

    @Test
    void shouldShowFullIdsToOperators() {
        final HttpResponse<String> answer = node.admin("GET", BOARD + "?top=1&me=u_123", null);
        assertTrue(answer.body().contains("\"user\":\"u_9\""), answer::body);
        assertEquals("private, no-store", header(answer, "Cache-Control"));
        assertTrue(header(answer, "ETag").isEmpty());
    }

    @Test
    void shouldShowIdsOfGamesInPublic() {
        assertTrue(node.get("/v1/leaderboards/t_games?top=1").body()
            .contains("\"user\":\"g_77\""));
    }

    @Test
    void shouldShowTheAskedForPlayerByIdAndKeepItPrivate() {
        final HttpResponse<String> answer = node.get(BOARD + "?top=1&me=u_123&around=1");
        assertTrue(answer.body().endsWith(ME + "}"), answer::body);
        assertTrue(answer.body().contains("\"around\":[{\"pos\":1,\"user\":\"u_***\""));
        assertTrue(answer.body().contains("{\"pos\":2,\"user\":\"u_123\""));
        assertEquals("private, no-store", header(answer, "Cache-Control"));
    }

    @Test
    void shouldAnswerNullWhenThePlayerHasNoEntry() {
        assertTrue(node.get(BOARD + "?me=nobody").body().endsWith("],\"me\":null}"));
    }

    @Test
    void shouldPassOnEveryFormOfTheQuery() {
        node.get(BOARD + "?after_pos=100&limit=50&partition=DE");
        assertEquals(new BoardRequest("t_a", "DE", 0, "", 0, List.of(), 100, 50),
            node.gate.reads.asked);
        final HttpResponse<String> friends = node.get(BOARD + "?users=u_9,b%2Fc,u_9");
        assertEquals(new BoardRequest("t_a", "", 0, "", 0, List.of("u_9", "b/c"), -1, 0),
            node.gate.reads.asked);
        assertTrue(friends.body().contains("\"user\":\"u_9\""), friends::body);
        assertEquals(200, node.get(BOARD + "?top=10&users=u_9").statusCode());
        assertEquals(new BoardRequest("t_a", "", 0, "", 0, List.of("u_9"), -1, 0),
            node.gate.reads.asked);
        assertEquals(200, node.get(BOARD + "?top=10&after_pos=20").statusCode());
        assertEquals(new BoardRequest("t_a", "", 0, "", 0, List.of(), 20, 100),
            node.gate.reads.asked);
        node.get(BOARD + "?me=a+b&around=5&top=0");
        assertEquals(new BoardRequest("t_a", "", 0, "a b", 5, List.of(), -1, 0),
            node.gate.reads.asked);
        node.get("/v1/leaderboards/t_a@2025-10-25T15:00Z");
        assertEquals("t_a@2025-10-25T15:00Z", node.gate.reads.asked.contest());
    }

    @Test
    void shouldPassOverNothingBetweenParameters() {
        assertEquals(200, node.get("/v1/leaderboards/t_a?&top=1&&me=u_123&").statusCode());
        assertEquals(1, node.gate.reads.asked.top());
    }

    @ParameterizedTest
    @CsvSource({"top=x, top", "top=-1, top", "top=1001, top", "top=, top", "limit=5, limit",
        "after_pos=1&limit=1001, limit", "after_pos=1&limit=0, limit", "after_pos=x, after_pos",
        "around=5, around", "me=a&around=500, around", "me=, me", "top=x&users=a, top",
        "after_pos=1&users=a, users", "users=a%2C%2Cb, users", "k=1, k", "Top=1, Top",
        "min_sequence=-1, min_sequence", "partition=, partition"})
    void shouldNameTheParameterThatIsWrong(String query, String field) {
        final HttpResponse<String> answer = node.get(BOARD + "?" + query);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"invalid\""), answer::body);
        assertTrue(answer.body().contains("\"field\":\"" + field + "\""), answer::body);
    }

    @Test
    void shouldRefuseARepeatedParameter() {
        assertEquals(400, node.get(BOARD + "?top=1&top=2").statusCode());
    }

    @Test
    void shouldAnswer404WhenThereIsNoSuchContestOrPartition() {
        final HttpResponse<String> contest = node.get("/v1/leaderboards/none");
        assertEquals(404, contest.statusCode());
        assertTrue(contest.body().contains("\"code\":\"not_found\""));
        assertTrue(contest.body().contains("There is no such contest."));
        assertTrue(node.get(BOARD + "?partition=FR").body().contains("no such partition"));
        assertEquals(404, node.get("/v1/leaderboards/A%20B").statusCode());
    }

    @Test
    void shouldAnswer304WhileTheBoardIsTheSame() {
        final String tag = header(node.get(BOARD), "ETag");
        assertTrue(tag.startsWith("W/\""));
        node.event(EventRoutesTest.event("e"));
        final HttpResponse<String> same = node.get(BOARD, "If-None-Match", "\"x\", " + tag);
        assertEquals(304, same.statusCode());
        assertEquals("", same.body());
        assertEquals(tag, header(same, "ETag"));
        node.gate.reads.score++;
        final HttpResponse<String> changed = node.get(BOARD, "If-None-Match", tag);
        assertEquals(200, changed.statusCode());
        assertNotEquals(tag, header(changed, "ETag"));
        assertNotEquals(header(changed, "ETag"), header(node.get(BOARD + "?top=1"), "ETag"));
    }

    @Test
    void shouldMarkAFrozenBoard() {
        node.gate.reads.frozen = true;
        assertTrue(node.get(BOARD).body().contains("\"status\":\"frozen\""));
    }

    @Test
    void shouldWaitForTheSequenceThatIsWanted() {
        final CompletableFuture<HttpResponse<String>> answer =
            CompletableFuture.supplyAsync(() -> node.get(BOARD + "?min_sequence=3"));
        node.event(EventRoutesTest.event("e1"));
        node.event(EventRoutesTest.event("e2"));
        assertEquals(200, answer.orTimeout(5, TimeUnit.SECONDS).join().statusCode());
        assertEquals(200, node.get(BOARD + "?min_sequence=3").statusCode());
    }

    @Test
    void shouldAnswer504WhenTheSequenceIsNotReachedWithinASecond() {
        final long start = System.nanoTime();
        final HttpResponse<String> answer = node.get(BOARD + "?min_sequence=99");
        final long tookMs = (System.nanoTime() - start) / 1_000_000;
        assertEquals(504, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"sequence_not_reached\""), answer::body);
        assertTrue(tookMs >= 950 && tookMs < 5_000, () -> "took " + tookMs);
    }

    @Test
    void shouldWaitWhenTooManyReadsWait() {
        node.gate.queryRoom = 0;
        final CompletableFuture<HttpResponse<String>> answer =
            CompletableFuture.supplyAsync(() -> node.get(BOARD));
        assertEquals(200, node.get("/health/live").statusCode());
        assertTrue(!answer.isDone());
        node.gate.queryRoom = 5;
        assertEquals(200, answer.orTimeout(5, TimeUnit.SECONDS).join().statusCode());
    }
}
