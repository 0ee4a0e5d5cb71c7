package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContestRoutesTest {
    private static final String A = "{\"id\":\"t_a\",\"name\":{\"en\":\"Sprint\"},"
        + "\"start\":\"2025-10-25T18:00:00Z\",\"end\":\"2025-10-25T19:00:00Z\","
        + "\"type\":\"best_n_rounds\",\"status\":\"live\",\"entries\":3}";

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldListContests() {
        final HttpResponse<String> answer = node.get("/v1/contests");
        assertEquals("[" + A + ",{\"id\":\"t_games\",\"schedule\":\"weekly\","
            + A.substring(A.indexOf("\"name\"")).replace("live", "provisional")
                .replace(":3}", ":1}") + "]", answer.body());
        assertEquals("public, max-age=1, stale-while-revalidate=5",
            answer.headers().firstValue("Cache-Control").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"market=DE, true, true", "market=SE, true, true", "market=FR, false, true",
        "brand=X, true, true", "brand=Y, false, false", "status=live, true, false",
        "status=provisional&market=DE, false, true", "status=settled, false, false"})
    void shouldFilterTheList(String query, boolean first, boolean second) {
        final String body = node.get("/v1/contests?" + query).body();
        assertEquals(first, body.contains("\"id\":\"t_a\""), body);
        assertEquals(second, body.contains("\"id\":\"t_games\""), body);
    }

    @Test
    void shouldKnowFrozenAsAStatus() {
        node.gate.reads.frozen = true;
        assertTrue(node.get("/v1/contests?status=frozen").body().contains("t_a"));
        assertFalse(node.get("/v1/contests?status=live").body().contains("t_a"));
        assertEquals(400, node.get("/v1/contests?status=hot").statusCode());
    }

    @Test
    void shouldShowThePublicRules() {
        final HttpResponse<String> answer = node.get("/v1/contests/t_a");
        assertEquals("{\"id\":\"t_a\",\"name\":{\"en\":\"Sprint\"},\"status\":\"live\","
            + "\"sequence\":1,\"version\":3,\"rules_hash\":\"" + "ab".repeat(32) + "\","
            + "\"start\":\"2025-10-25T18:00:00Z\",\"end\":\"2025-10-25T19:00:00Z\","
            + "\"tz\":\"Europe/Kyiv\",\"late_grace\":\"PT30S\",\"appeal\":\"PT10M\","
            + "\"entries\":3,\"entry\":\"auto\","
            + "\"scope\":{\"brands\":[\"X\"],\"markets\":[\"DE\",\"S*\"],\"games\":[\"g_*\"],"
            + "\"segments\":{\"any\":[\"vip\"]}},"
            + "\"scoring\":{\"formula\":\"min(win.amount / bet.amount, 50) * 100\","
            + "\"score_scale\":2,\"floor_at_zero\":false,\"min_bet_minor\":{\"EUR\":50},"
            + "\"eligible_games\":[\"g_*\"],\"weights\":{\"games\":{\"g_77\":0.5}}},"
            + "\"leaderboard\":{\"type\":\"best_n_rounds\",\"n\":20,"
            + "\"tiebreaker\":[\"highest_single_multiplier\",\"earliest_finish_ts\"],"
            + "\"entity\":\"player\",\"partition_by\":\"market\"},"
            + "\"anti_abuse\":{\"min_round_duration_ms\":800,\"min_interval\":\"PT2S\","
            + "\"burst\":1,\"exclude_asn_categories\":[\"hosting\",\"proxy\"],"
            + "\"exclude_headless\":true},"
            + "\"rewards\":{\"pool\":{\"currency\":\"EUR\",\"total_minor\":1000000},"
            + "\"distribution\":\"ladder\",\"ladder\":[{\"rank\":1,\"percent\":30},"
            + "{\"ranks\":\"2-10\",\"percent\":2.5},{\"ranks\":\"11-50\",\"reward\":"
            + "{\"type\":\"freespins\",\"value\":10,\"game\":\"g_66\"}}]}}", answer.body());
    }

    @Test
    void shouldShowOperatorsMore() {
        final String body = node.admin("GET", "/v1/contests/t_a", null).body();
        assertTrue(body.contains("\"bot_signals\":{\"periodicity\":{\"min_rounds\":50,"
            + "\"max_cv\":0.02},\"freeze\":true}"), body);
        assertTrue(body.endsWith("\"unscored\":{\"zero_bet\":4}}"), body);
    }

    @Test
    void shouldAnswer404WhenThereIsNone() {
        assertEquals(404, node.get("/v1/contests/none").statusCode());
        assertEquals(404, node.get("/v1/contests/%2e%2e").statusCode());
        assertEquals(404, node.get("/v1/contests/").statusCode());
    }

    @Test
    void shouldAnswer500AndGoOnWhenAReadBreaks() {
        node.gate.reads.broken = true;
        final HttpResponse<String> answer = node.get("/v1/contests/t_a");
        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"internal\""), answer::body);
        assertFalse(answer.body().contains("purpose"), answer::body);
        node.gate.reads.broken = false;
        assertEquals(200, node.get("/v1/contests/t_a").statusCode());
    }
}
