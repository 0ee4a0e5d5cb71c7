package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.http.Explanations.RefusedException;
import io.laurel.gateway.http.Explanations.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainRoutesTest {
    private static final String PATH = "/v1/admin/contests/t_a/players/u_1/explain";

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldExplainUpToWhatIsDurable() {
        node.gate.sequence = 41;
        final HttpResponse<String> answer = node.admin("GET", PATH, null);
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals("t_a u_1 41", node.explanations.asked);
        assertTrue(answer.body().startsWith("{\"contest\":\"t_a\",\"user\":\"u_1\","
            + "\"sequence\":41,"), answer::body);
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(504, node.admin("GET", PATH + "?min_sequence=42", null).statusCode());
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 503, capacity", "STOPPING, 503, draining", "TOO_LONG, 504, timeout",
        "TOO_MANY_ROUNDS, 422, too_large", "PRUNED, 410, pruned"})
    void shouldSayWhyThereIsNone(Refusal refusal, int status, String code) {
        node.explanations.failure = new RefusedException(refusal, "Because of it.");
        final HttpResponse<String> answer = node.admin("GET", PATH, null);
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("\"code\":\"" + code + "\",\"detail\":"
            + "\"Because of it.\""), answer::body);
        assertEquals(status == 503, answer.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void shouldAnswer500WhereTheLogCannotBeRead() {
        node.explanations.failure = new IOException("a disk");
        final HttpResponse<String> answer = node.admin("GET", PATH, null);
        assertEquals(500, answer.statusCode());
        assertTrue(!answer.body().contains("a disk"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({"/v1/admin/contests/none/players/u_1/explain, 404",
        "/v1/admin/contests/t_a/players/a%0Ab/explain, 422",
        "/v1/admin/contests/t_a/players/u_1/explain?top=1, 400"})
    void shouldRefuseWhatCannotBeMeant(String path, int status) {
        assertEquals(status, node.admin("GET", path, null).statusCode());
        assertEquals("", node.explanations.asked);
    }

    @Test
    void shouldNotBeThereForPlayers() {
        assertEquals(404, node.get(PATH).statusCode());
    }
}
