package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeRoutesTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldTellWhetherItLivesAndIsReady() {
        assertEquals("{\"status\":\"live\"}", node.get("/health/live").body());
        assertEquals("{\"status\":\"ready\",\"durable_sequence\":1}",
            node.get("/health/ready").body());
        node.ready = false;
        assertEquals(503, node.get("/health/ready").statusCode());
        assertEquals(200, node.get("/health/live").statusCode());
    }

    @Test
    void shouldShowTheStatusToOperators() {
        final HttpResponse<String> answer = node.admin("GET", "/v1/admin/status", null);
        assertEquals("{\"ready\":true,\"sequence\":12,\"durable_sequence\":1,"
            + "\"time\":\"2025-10-25T18:00:00Z\",\"clock\":\"event\",\"intake_open\":true,"
            + "\"intake\":\"open\",\"snapshot_sequence\":7,"
            + "\"state_root\":\"5eed\",\"snapshot_memory_bytes\":0,\"ring_depth\":0,"
            + "\"ring_capacity\":1000,\"http_waiting\":0,"
            + "\"http_connections\":1,\"connected_sessions\":2,\"sessions\":1,\"players\":5,"
            + "\"contests\":2,\"discarded_rounds\":2,\"memory_limit_bytes\":1048576,"
            + "\"rebuild\":{\"rollbacks\":2,\"entries\":1,\"stuck\":1,\"reason\":\"why\"},"
            + "\"memory_bytes\":{\"boards\":4096},\"sources\":{\"lo\\\"cal\":{\"accepted\":9}},"
            + "\"unscored\":{\"t_a\":{\"zero_bet\":4},\"t_games\":{}}}", answer.body());
    }

    @Test
    void shouldShowFiguresToPrometheus() {
        node.get("/nothing");
        node.event("{");
        for (final HttpResponse<String> answer : List.of(node.get("/metrics"),
            node.admin("GET", "/metrics", null))) {
            assertEquals("text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
            for (final String line : new String[] {"# TYPE laurel_sequence counter",
                "laurel_sequence 12", "laurel_memory_bytes{store=\"boards\"} 4096",
                "laurel_events_total{source=\"lo\\\"cal\",outcome=\"accepted\"} 9",
                "laurel_unscored_rounds_total{reason=\"zero_bet\"} 4",
                "laurel_http_answers_total{status=\"404\"} 1",
                "laurel_http_malformed_events_total 1", "laurel_force_seconds 0.25"}) {
                assertTrue(answer.body().contains("\n" + line + "\n"), () -> line + " in "
                    + answer.body());
            }
        }
    }

    @Test
    void shouldAnswer404And405() {
        final HttpResponse<String> none = node.get("/v2/contests");
        assertEquals(404, none.statusCode());
        assertTrue(none.body().contains("\"code\":\"not_found\""));
        final HttpResponse<String> wrong = node.send(false, "DELETE", "/v1/contests", null);
        assertEquals(405, wrong.statusCode());
        assertEquals("GET, HEAD", wrong.headers().firstValue("Allow").orElse(""));
        assertTrue(wrong.body().contains("\"code\":\"method_not_allowed\""));
        assertEquals("POST", node.get("/v1/events").headers().firstValue("Allow").orElse(""));
        assertEquals("PUT", node.admin("GET", "/v1/admin/fx/a", null).headers()
            .firstValue("Allow").orElse(""));
    }

    @Test
    void shouldAnswerHeadWithoutABody() {
        final HttpResponse<String> head = node.send(false, "HEAD", "/v1/contests", null);
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(node.get("/v1/contests").headers().firstValue("Content-Length"),
            head.headers().firstValue("Content-Length"));
    }
}
