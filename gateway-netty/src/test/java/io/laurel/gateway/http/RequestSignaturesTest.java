package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.http.RequestKeys.Key;
import io.laurel.gateway.http.RequestKeys.Role;
import io.laurel.gateway.http.RequestSignatures.Verdict;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignaturesTest {
    private static final Key SENDER = new Key("provider-a", bytes("a secret of provider a"),
        Set.of(Role.SEND), Set.of("X"));
    private static final Key OPERATOR =
        new Key("ops", bytes("a secret of operators"), Set.of(Role.ADMIN), Set.of());
    private static final RequestKeys KEYS = new RequestKeys() {
        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Key find(String id) {
            return SENDER.id().equals(id) ? SENDER : OPERATOR.id().equals(id) ? OPERATOR : null;
        }

        @Override
        public List<String> senders() {
            return List.of(SENDER.id());
        }
    };
    private static final long NOW = 1_761_241_286L;
    private static final byte[] BODY = bytes("{\"a\":1}");
    private static final String TARGET = "/v1/events?a=b%20c";

    private final RequestSignatures signatures = new RequestSignatures(KEYS, 3);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Verdict check(String header) {
        return signatures.check(header, "POST", TARGET, BODY, NOW).verdict();
    }

    private static String sign(String nonce) {
        return RequestSignatures.sign(SENDER, "POST", TARGET, BODY, NOW, nonce);
    }

    @Test
    void shouldTakeAGoodSignatureOnce() {
        final RequestSignatures.Checked checked =
            signatures.check(sign("nonce-01"), "POST", TARGET, BODY, NOW);
        assertEquals(Verdict.GOOD, checked.verdict());
        assertEquals(SENDER, checked.key());
        assertEquals(Verdict.REPLAYED, check(sign("nonce-01")));
        assertEquals(Verdict.GOOD, check(sign("nonce-02")));
    }

    @Test
    void shouldAgreeWithAnIndependentVector() {
        // printf 'POST\n/v1/events\n1761241286\nabcdefgh\n%s' "$(printf '{}' | sha256sum | cut
        // -c1-64)" | openssl dgst -sha256 -hmac secret
        final Key key = new Key("k", bytes("secret"), Set.of(), Set.of());
        assertEquals("kid=k, t=1761241286, n=abcdefgh, v1="
            + "382d83cd448770e817897c8b9d941cd61f4d57dd7f2c0a1126949e748917d2e2",
            RequestSignatures.sign(key, "POST", "/v1/events", bytes("{}"), NOW, "abcdefgh"));
    }

    @Test
    void shouldTakeThePartsInAnyOrderWithAnyBlanksAndShortNonces() {
        final String[] parts = sign("1").split(", ");
        assertEquals(Verdict.GOOD,
            check(String.join(",  \t", parts[3], parts[2], parts[1], parts[0]) + " "));
        assertEquals(Verdict.GOOD, check(sign("2").replace(" ", "")));
        assertEquals(Verdict.REPLAYED, check(sign("2")));
    }

    @Test
    void shouldRefuseEveryFlippedBit() {
        final String good = sign("nonce-01");
        for (int i = 0; i < good.length() * 7; i++) {
            final int at = i / 7;
            final char flipped = (char) (good.charAt(at) ^ 1 << i % 7);
            final String bad = good.substring(0, at) + flipped + good.substring(at + 1);
            final boolean hexCase = at >= good.length() - 64
                && Character.toLowerCase(flipped) == good.charAt(at);
            if (!hexCase) {
                assertNotEquals(Verdict.GOOD, check(bad), bad);
            }
        }
        for (int i = 0; i < BODY.length * 8; i++) {
            final byte[] body = BODY.clone();
            body[i / 8] ^= (byte) (1 << i % 8);
            assertEquals(Verdict.BAD,
                signatures.check(good, "POST", TARGET, body, NOW).verdict());
        }
        assertEquals(Verdict.BAD, signatures.check(good, "PUT", TARGET, BODY, NOW).verdict());
        assertEquals(Verdict.BAD,
            signatures.check(good, "POST", "/v1/events", BODY, NOW).verdict());
        assertEquals(Verdict.GOOD, check(good));
    }

    @Test
    void shouldRefuseStaleTimesUnknownKeysAndOtherForms() {
        final String good = sign("nonce-01");
        assertEquals(Verdict.STALE,
            signatures.check(good, "POST", TARGET, BODY, NOW + 301).verdict());
        assertEquals(Verdict.STALE,
            signatures.check(good, "POST", TARGET, BODY, NOW - 301).verdict());
        assertEquals(Verdict.GOOD,
            signatures.check(good, "POST", TARGET, BODY, NOW + 300).verdict());
        assertEquals(Verdict.BAD, check(good.replace("provider-a", "provider-b")));
        for (final String bad : new String[] {"", "kid=a", good + ", x=1", good.toUpperCase(
            java.util.Locale.ROOT), good.replace("t=", "t=-"), good.substring(1),
            good + ", kid=provider-a", good.replace("n=nonce-01", "n="), good + ","}) {
            assertEquals(Verdict.MALFORMED, check(bad));
        }
    }

    @Test
    void shouldRememberNoncesForTwiceTheToleranceAndNeverForgetEarly() {
        assertEquals(Verdict.GOOD, check(sign("nonce-01")));
        assertEquals(Verdict.GOOD, check(sign("nonce-02")));
        assertEquals(Verdict.GOOD, check(sign("nonce-03")));
        assertEquals(Verdict.FULL, check(sign("nonce-04")));
        final long later = NOW + 601;
        final String fresh =
            RequestSignatures.sign(SENDER, "POST", TARGET, BODY, later, "nonce-01");
        assertEquals(Verdict.GOOD,
            signatures.check(fresh, "POST", TARGET, BODY, later).verdict());
    }

    @Test
    void shouldLetKeysDoWhatTheirRolesSay() {
        try (TestNode node = new TestNode(HttpLimits.DEFAULT, KEYS)) {
            assertEquals(List.of("source provider-a"), node.gate.log);
            final String event = EventRoutesTest.event("a");
            assertEquals(202, send(node, false, SENDER, "POST", "/v1/events", event).statusCode());
            assertEquals(403,
                send(node, false, OPERATOR, "POST", "/v1/events", event).statusCode());
            final HttpResponse<String> foreign = send(node, false, SENDER, "POST", "/v1/events",
                event.replace("\"brand\":\"X\"", "\"brand\":\"Y\""));
            assertEquals(403, foreign.statusCode());
            assertTrue(foreign.body().contains("\"code\":\"forbidden\""), foreign::body);
            assertTrue(foreign.body().contains("\"field\":\"brand\""), foreign::body);
            assertEquals("refused forbidden", node.gate.log.get(2));
            assertEquals(401, node.event(event).statusCode());
            assertEquals(200, node.get("/v1/contests").statusCode());
            assertEquals(401, node.admin("GET", "/v1/contests", null).statusCode());
            assertEquals(401, node.admin("POST", "/v1/admin/contests/t_a/freeze", "")
                .statusCode());
            assertEquals(403, send(node, true, SENDER, "POST", "/v1/admin/contests/t_a/freeze",
                "").statusCode());
            assertEquals(202, send(node, true, OPERATOR, "POST", "/v1/admin/contests/t_a/freeze",
                "").statusCode());
            assertEquals("contest FREEZE t_a ops ", node.gate.log.get(3));
            assertEquals(200, send(node, true, OPERATOR, "GET",
                "/v1/leaderboards/t_a?top=1&me=%C3%A9", null).statusCode());
            assertEquals(200, node.admin("GET", "/metrics", null).statusCode());
        }
    }

    @Test
    void shouldLimitTheRateOfAKey() {
        try (TestNode node = new TestNode(HttpLimits.DEFAULT.withRates(1000, 5, false), KEYS)) {
            int refused = 0;
            for (int i = 0; i < 40; i++) {
                refused += send(node, false, SENDER, "POST", "/v1/events",
                    EventRoutesTest.event("e" + i)).statusCode() == 429 ? 1 : 0;
            }
            assertTrue(refused > 0 && refused <= 35, "refused " + refused);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kid=provider-a", "kid=provider-a, t=1, n=12345678, v1=zz"})
    void shouldAnswer401WhenTheHeaderIsOfAnotherForm(String header) {
        try (TestNode node = new TestNode(HttpLimits.DEFAULT, KEYS)) {
            final HttpResponse<String> answer = node.send(false, "POST", "/v1/events", "{}",
                RequestSignatures.HEADER, header);
            assertEquals(401, answer.statusCode());
            assertTrue(answer.body().contains("\"code\":\"unauthorized\""), answer::body);
        }
    }

    private static long nonces;

    private static HttpResponse<String> send(TestNode node, boolean admin, Key key, String method,
        String target, String body) {
        return node.send(admin, method, target, body, RequestSignatures.HEADER,
            RequestSignatures.sign(key, method, target, bytes(body == null ? "" : body),
                System.currentTimeMillis() / 1000, "nonce-of-test-" + nonces++));
    }
}
