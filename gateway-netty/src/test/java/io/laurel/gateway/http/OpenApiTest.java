package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code openapi.json} says what is so: the routes, what they take, and what they answer. */
class OpenApiTest {
    private final TestNode node = new TestNode();
    private Object document;
    private final TreeSet<String> checked = new TreeSet<>();

    @BeforeEach
    void fetch() {
        document = JsonTree.read(node.get("/openapi.json").body());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldDescribeExactlyTheRoutesAndTheirParameters() {
        final Map<String, Object> described = new TreeMap<>();
        JsonTree.map(JsonTree.at(document, "paths")).forEach((path, methods) ->
            JsonTree.map(methods).forEach((method, operation) -> {
                final TreeSet<String> names = new TreeSet<>();
                JsonTree.list(JsonTree.at(operation, "parameters")).forEach(parameter -> names.add(
                    JsonTree.at(parameter, "in") + " " + JsonTree.at(parameter, "name")));
                described.put(method.toUpperCase(Locale.ROOT) + " " + path, names);
            }));
        final Map<String, Object> real = new TreeMap<>();
        for (final Route route : node.server.routes()) {
            final TreeSet<String> names = new TreeSet<>();
            route.query().forEach(name -> names.add("query " + name));
            route.segments().stream().filter(segment -> segment.startsWith("{")).forEach(segment ->
                names.add("path " + segment.substring(1, segment.length() - 1)));
            real.put(route.method() + " " + route.template(), names);
        }
        assertEquals(real, described);
    }

    @Test
    void shouldDescribeWhatIsAnswered() {
        get("/v1/leaderboards/{id}", "/v1/leaderboards/t_a?me=u_123&around=1");
        get("/v1/leaderboards/{id}", "/v1/leaderboards/t_a?me=nobody");
        get("/v1/leaderboards/{id}", "/v1/leaderboards/t_games?partition=DE&top=1");
        get("/v1/leaderboards/{id}", "/v1/leaderboards/none");
        get("/v1/leaderboards/{id}", "/v1/leaderboards/t_a?top=x");
        get("/v1/contests", "/v1/contests?status=live");
        get("/v1/contests/{id}", "/v1/contests/t_a");
        get("/v1/contests/{id}", "/v1/contests/t_games");
        get("/health/live", "/health/live");
        get("/health/ready", "/health/ready");
        answered("get", "/v1/leaderboards/{id}",
            node.admin("GET", "/v1/leaderboards/t_a?me=cold", null));
        answered("get", "/v1/contests/{id}", node.admin("GET", "/v1/contests/t_a", null));
        answered("get", "/v1/admin/status", node.admin("GET", "/v1/admin/status", null));
        for (final String id : List.of("t_a", "none")) {
            answered("get", "/v1/admin/contests/{id}/players/{user}/explain", node.admin("GET",
                "/v1/admin/contests/" + id + "/players/u_1/explain", null));
        }
        for (final String id : List.of("a", "duplicate-b", "too_late-c", "id_conflict-d")) {
            answered("post", "/v1/events", node.event(EventRoutesTest.event(id)));
        }
        answered("post", "/v1/events", node.event("{"));
        answered("post", "/v1/events", node.event("{\"event_id\":1}"));
        answered("post", "/v1/events", node.batch(String.join("\n", EventRoutesTest.event("e"),
            EventRoutesTest.event("too_late-f"), "{", "{}")));
        operators();
        assertEquals(new TreeSet<>(node.server.routes().stream().map(route -> route.method() + " "
            + route.template()).toList()), checked, "routes without an answer that was checked");
    }

    private void operators() {
        for (final String query : List.of("", "?dry_run=true")) {
            put("/v1/admin/contests/{id}", "/v1/admin/contests/t_a" + query, "contest t_a");
            put("/v1/admin/contests/{id}", "/v1/admin/contests/t_b" + query, "contest t_b");
            put("/v1/admin/fx/{id}", "/v1/admin/fx/fx_new" + query, "fx fx_new");
            put("/v1/admin/players/{id}", "/v1/admin/players/u_1" + query, "player u_1");
        }
        put("/v1/admin/contests/{id}", "/v1/admin/contests/t_a", "!scoring.formula");
        put("/v1/admin/missions/{id}", "/v1/admin/missions/m", "mission m");
        for (final Route route : node.server.routes()) {
            if (route.body() == Route.Body.SMALL) {
                answered("post", route.template(), node.admin("POST",
                    route.template().replace("{id}", "t_a").replace("{user}", "u_1"),
                    route.template().endsWith("/time")
                        ? "{\"advance_to\":\"2025-10-25T18:00Z\",\"reason\":\"r\"}"
                        : "{\"reason\":\"r\"}"));
            }
        }
        checked.addAll(List.of("GET /metrics", "GET /openapi.json"));
    }

    private void get(String template, String target) {
        answered("get", template, node.get(target));
    }

    private void put(String template, String target, String body) {
        answered("put", template, node.admin("PUT", target, body));
    }

    private void answered(String method, String template, HttpResponse<String> answer) {
        final Object operation = JsonTree.at(document, "paths", template, method);
        final Map<String, Object> responses = JsonTree.map(JsonTree.at(operation, "responses"));
        Object response = responses.getOrDefault(Integer.toString(answer.statusCode()),
            responses.get("default"));
        if (JsonTree.at(response, "$ref") instanceof String ref) {
            response = JsonTree.at(document, ref.substring(2).split("/"));
        }
        final String type = answer.headers().firstValue("Content-Type").orElse("");
        final Object schema = JsonTree.at(response, "content", type, "schema");
        final String what = method + " " + template + " " + answer.statusCode() + " " + type;
        assertNotNull(schema, what);
        assertNull(new SchemaCheck(document).check(schema, JsonTree.read(answer.body()), what),
            answer::body);
        checked.add(method.toUpperCase(Locale.ROOT) + " " + template);
    }
}
