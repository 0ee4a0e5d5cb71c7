package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ResultCode;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminRoutesTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    private String lastCommand() {
        return node.gate.log.get(node.gate.log.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"freeze, FREEZE", "unfreeze, UNFREEZE", "finalize, FINALIZE", "cancel, CANCEL"})
    void shouldOperateAContestAndTellItsStatus(String action, String operation) {
        node.gate.reads.frozen = "freeze".equals(action);
        final HttpResponse<String> answer = node.admin("POST", "/v1/admin/contests/t_a/" + action,
            "{\"reason\":\"because\"}");
        assertEquals(202, answer.statusCode(), answer::body);
        assertEquals("{\"status\":\"" + ("freeze".equals(action) ? "frozen" : "live")
            + "\",\"sequence\":2}", answer.body());
        assertEquals("contest " + operation + " t_a local because", lastCommand());
    }

    @ParameterizedTest
    @CsvSource({"freeze, FREEZE", "unfreeze, UNFREEZE", "disqualify, DISQUALIFY", "enter, ENTER",
        "leave, LEAVE"})
    void shouldDoSomethingWithAPlayerOfAContest(String action, String operation) {
        final HttpResponse<String> answer =
            node.admin("POST", "/v1/admin/contests/t_a/players/u%20%C3%A9/" + action, "");
        assertEquals(202, answer.statusCode(), answer::body);
        assertEquals("{\"sequence\":2}", answer.body());
        assertEquals("player " + operation + " t_a u é local ", lastCommand());
    }

    @Test
    void shouldErase() {
        assertEquals(202, node.admin("POST", "/v1/admin/players/u_1/erase",
            "{\"reason\":\"asked for it\"}").statusCode());
        assertEquals("erase u_1 local asked for it", lastCommand());
    }

    @ParameterizedTest
    @CsvSource({"bad_state, BAD_STATE, 409", "not_found, NOT_FOUND, 404",
        "rules_locked, RULES_LOCKED, 409", "capacity, CAPACITY, 503"})
    void shouldPassARefusalOn(String code, ResultCode result, int status) {
        node.gate.next = result;
        final HttpResponse<String> answer =
            node.admin("POST", "/v1/admin/contests/t_a/finalize", "");
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/admin/contests/t_a/players/" + "%C3%A9" + "/%00",
        "/v1/admin/contests/T/freeze", "/v1/admin/contests/t_a/thaw"})
    void shouldAnswer404ForWhatIsNotThere(String path) {
        assertEquals(404, node.admin("POST", path, "").statusCode());
    }

    @Test
    void shouldRefuseIdsThatMayNotGoIntoTheLog() {
        final String longId = "x".repeat(65);
        for (final String id : new String[] {longId, "a%0Ab", "%7F"}) {
            assertEquals(422, node.admin("POST",
                "/v1/admin/contests/t_a/players/" + id + "/freeze", "").statusCode());
            assertEquals(422,
                node.admin("POST", "/v1/admin/players/" + id + "/erase", "").statusCode());
        }
        assertEquals(1, node.gate.log.size());
    }

    @Test
    void shouldRefuseWrongBodies() {
        final String path = "/v1/admin/contests/t_a/freeze";
        assertTrue(node.admin("POST", path, "{").body().contains("\"code\":\"malformed\""));
        final HttpResponse<String> unknown = node.admin("POST", path, "{\"why\":\"x\"}");
        assertEquals(422, unknown.statusCode());
        assertTrue(unknown.body().contains("\"field\":\"why\""), unknown::body);
        assertEquals(413, node.admin("POST", path, " ".repeat(20_000)).statusCode());
    }

    @Test
    void shouldMoveTimeInClockModeEventOnly() {
        final HttpResponse<String> moved =
            node.admin("POST", "/v1/admin/time", "{\"advance_to\":\"2025-10-25T18:00Z\","
                + "\"reason\":\"show\"}");
        assertEquals(202, moved.statusCode());
        assertEquals("{\"advanced_to\":\"2025-10-25T18:00:00Z\",\"sequence\":2}", moved.body());
        assertEquals("time " + FakeReads.START_NS + " local show", lastCommand());
        final HttpResponse<String> back =
            node.admin("POST", "/v1/admin/time", "{\"advance_to\":\"2020-01-01T00:00Z\"}");
        assertEquals("{\"advanced_to\":\"2025-10-25T18:00:00Z\",\"sequence\":3}", back.body());
        for (final String body : new String[] {"", "{}", "{\"advance_to\":\"soon\"}"}) {
            final HttpResponse<String> wrong = node.admin("POST", "/v1/admin/time", body);
            assertEquals(422, wrong.statusCode());
            assertTrue(wrong.body().contains("\"field\":\"advance_to\""), wrong::body);
        }
        node.gate.reads.eventClock = false;
        final HttpResponse<String> answer =
            node.admin("POST", "/v1/admin/time", "{\"advance_to\":\"2025-10-25T18:00Z\"}");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"bad_state\""));
        assertEquals(3, node.gate.log.size());
    }

    @Test
    void shouldTakeASnapshotUnlessOneIsUnderWay() {
        final HttpResponse<String> answer = node.admin("POST", "/v1/admin/snapshot",
            "{\"reason\":\"before an upgrade\"}");
        assertEquals(202, answer.statusCode(), answer::body);
        assertEquals("{\"sequence\":2}", answer.body());
        assertEquals("snapshot local before an upgrade", lastCommand());
        node.imageBytes = 4_096;
        final HttpResponse<String> busy = node.admin("POST", "/v1/admin/snapshot", "");
        assertEquals(409, busy.statusCode());
        assertTrue(busy.body().contains("\"code\":\"bad_state\""), busy::body);
        assertEquals(2, node.gate.log.size());
    }

    @Test
    void shouldLogACutOnlyOnceMemoryForItsImageIsReady() throws Exception {
        node.room = new CompletableFuture<>();
        final CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
            () -> node.admin("POST", "/v1/admin/snapshot", ""));
        assertTrue(node.asked.await(10, TimeUnit.SECONDS));
        final int logged = node.gate.log.size();
        node.room.complete(null);
        assertEquals(202, answer.get(10, TimeUnit.SECONDS).statusCode());
        assertEquals(logged + 1, node.gate.log.size());

        node.room = CompletableFuture.failedFuture(new OutOfMemoryError("none is left"));
        final HttpResponse<String> refused = node.admin("POST", "/v1/admin/snapshot", "");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("none is left"), refused::body);
        assertEquals(logged + 1, node.gate.log.size());
    }

    @Test
    void shouldShowNothingOfOperatorsOnThePublicListener() {
        for (final String path : new String[] {"/v1/admin/status", "/v1/admin/time",
            "/v1/admin/contests/t_a/freeze"}) {
            assertEquals(404, node.send(false, "POST", path, "").statusCode());
            assertEquals(404, node.get(path).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"contests/t_b, contest t_b, 201, publish contest by local new year",
        "contests/t_a, contest t_a, 200, publish contest by local new year",
        "fx/fx_new, fx fx_new, 201, publish fx by local new year",
        "fx/fx_old, fx fx_old, 200, publish fx by local new year",
        "players/u_1, player u_1, 201, profile u_1 local new year",
        "players/u_old, player u_old, 200, profile u_old local new year"})
    void shouldPublishDocuments(String path, String document, int status, String command) {
        node.gate.nextValue = 1;
        final HttpResponse<String> answer =
            node.admin("PUT", "/v1/admin/" + path + "?reason=new%20year", document);
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().startsWith("{\"id\":\"" + path.substring(path.indexOf('/') + 1)
            + "\",\"version\":1,"), answer::body);
        assertTrue(answer.body().matches(".*\"rules_hash\":\"[0-9a-f]{64}\".*"), answer::body);
        assertEquals(command, lastCommand());
        final HttpResponse<String> talkative = node.admin("PUT", "/v1/admin/" + path + "?reason="
            + "x".repeat(1_001), document);
        assertEquals(400, talkative.statusCode(), talkative::body);
        assertTrue(talkative.body().contains("\"field\":\"reason\""), talkative::body);
    }

    @Test
    void shouldOnlyCheckWhenDryRun() {
        final HttpResponse<String> answer =
            node.admin("PUT", "/v1/admin/contests/t_a?dry_run=true", "contest t_a");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"id\":\"t_a\",\"version\":4,\"rules_hash\":\""));
        assertTrue(answer.body().endsWith("\"dry_run\":true}"), answer::body);
        assertEquals(1, node.gate.log.size());
        assertEquals(400, node.admin("PUT", "/v1/admin/contests/t_a?dry_run=yes", "contest t_a")
            .statusCode());
    }

    @ParameterizedTest
    @CsvSource({"contest t_b fx_none, 422, fx", "contest t_b elo, 501, leaderboard.type"})
    void shouldRefuseWhatThisNodeCannotRunAlsoWhenDryRun(String document, int status,
        String field) {
        for (final String query : new String[] {"", "?dry_run=true"}) {
            final HttpResponse<String> answer =
                node.admin("PUT", "/v1/admin/contests/t_b" + query, document);
            assertEquals(status, answer.statusCode());
            assertTrue(answer.body().contains("\"field\":\"" + field + "\""), answer::body);
        }
        assertEquals(1, node.gate.log.size());
        assertEquals(201, node.admin("PUT", "/v1/admin/contests/t_b", "contest t_b fx_old")
            .statusCode());
    }

    @Test
    void shouldSayWhereADocumentIsWrong() {
        final HttpResponse<String> answer =
            node.admin("PUT", "/v1/admin/contests/t_a", "!scoring.formula");
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"invalid\",\"detail\":\"must be a number\""));
        assertTrue(answer.body().endsWith(
            "\"field\":\"scoring.formula\",\"line\":3,\"column\":7}"), answer::body);
        final HttpResponse<String> unread = node.admin("PUT", "/v1/admin/contests/t_a", "!");
        assertEquals(400, unread.statusCode());
        assertTrue(unread.body().contains("\"code\":\"malformed\""), unread::body);
        final HttpResponse<String> other =
            node.admin("PUT", "/v1/admin/contests/t_a", "contest t_b");
        assertEquals(422, other.statusCode());
        assertTrue(other.body().contains("\"field\":\"id\""));
        assertEquals(1, node.gate.log.size());
    }

    @Test
    void shouldAnswer501ForMissionsAnd413ForLongDocuments() {
        final HttpResponse<String> mission =
            node.admin("PUT", "/v1/admin/missions/m_1", "mission_id: m_1");
        assertEquals(501, mission.statusCode());
        assertTrue(mission.body().contains("\"code\":\"unsupported\""));
        assertEquals(413, node.admin("PUT", "/v1/admin/contests/t_a", " ".repeat((256 << 10) + 1))
            .statusCode());
    }
}
