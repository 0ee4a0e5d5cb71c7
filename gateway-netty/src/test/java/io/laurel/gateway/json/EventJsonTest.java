package io.laurel.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.json.EventJson.Verdict;
import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    static final String SAMPLE = """
        {
        "event_id": "e_9f2", "ts": "2025-10-23T17:41:26Z", "user_id": "u_123", "market": "DE", \
        "brand": "X", "game": {"id":"g_77", "provider":"PragmaticPlay", "type":"slot"}, \
        "bet": {"amount_minor": 100, "currency":"EUR"}, "win": {"amount_minor": 250, \
        "multiplier":2.5}, "round": {"id":"r_abc","status":"ended"}, \
        "device": {"platform":"mobile","asn":"mno"}, "trace_id": "t_…"
        }""";

    private final EventJson json = new EventJson();
    private final EventDraft draft = new EventDraft();

    private Verdict read(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return json.read(bytes, 0, bytes.length, draft);
    }

    @Test
    void shouldTakeTheSampleAsItStands() {
        assertEquals(Verdict.VALID, read(SAMPLE), () -> json.field() + " " + json.message());
        assertEquals("e_9f2", draft.eventId().toString());
        assertEquals(1761241286000000000L, draft.ts());
        assertEquals("u_123", draft.userId().toString());
        assertEquals("DE", draft.market().toString());
        assertEquals("X", draft.brand().toString());
        assertEquals("g_77", draft.gameId().toString());
        assertEquals("PragmaticPlay", draft.gameProvider().toString());
        assertEquals(GameType.SLOT.value(), draft.gameType());
        assertEquals(100, draft.betAmountMinor());
        assertEquals("EUR", draft.betCurrency().toString());
        assertEquals(250, draft.winAmountMinor());
        assertEquals(25000, draft.winMultiplierE4());
        assertEquals("r_abc", draft.roundId().toString());
        assertEquals(EventType.ROUND_END.value(), draft.eventType());
        assertEquals(Platform.MOBILE.value(), draft.devicePlatform());
        assertEquals(AsnCategory.MNO.value(), draft.deviceAsn());
        assertEquals(0, draft.deviceHeadless());
        assertEquals("t_…", draft.traceId().toString());
    }

    static Stream<Arguments> valid() {
        return Stream.of(
            Arguments.of("\"trace_id\"", "\"new\":{\"a\":[1,{\"a\":2},{\"a\":3}]},\"trace_id\""),
            Arguments.of("\"mobile\"", "\"web\",\"headless\":true"),
            Arguments.of("\"status\":\"ended\"", "\"started_ts\":\"2025-10-23T17:41:26Z\","
                + "\"status\":\"void\""),
            Arguments.of("250,", "1000000000000000,"),
            Arguments.of(":2.5", ":1e2"),
            Arguments.of("u_123", "\\u0075_\\u00e9\\ud834\\udd1e"),
            Arguments.of("{\"platform\":\"mobile\",\"asn\":\"mno\"}", "{}"),
            Arguments.of("\"market\"", "\"type\":\"spin\",\"market\""));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void shouldTakeWhenValid(String from, String to) {
        assertTrue(SAMPLE.contains(from));
        assertEquals(Verdict.VALID, read(SAMPLE.replace(from, to)),
            () -> json.field() + " " + json.message());
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
            Arguments.of("\"event_id\": \"e_9f2\", ", "", "event_id"),
            Arguments.of("\"e_9f2\"", "\"e 9f2\"", "event_id"),
            Arguments.of("\"e_9f2\"", "\"\"", "event_id"),
            Arguments.of("\"e_9f2\"", "17", "event_id"),
            Arguments.of("\"e_9f2\"", "null", "event_id"),
            Arguments.of("\"e_9f2\"", "{\"a\":1}", "event_id"),
            Arguments.of("e_9f2", "e".repeat(65), "event_id"),
            Arguments.of("\"ts\": \"2025-10-23T17:41:26Z\", ", "", "ts"),
            Arguments.of("17:41:26Z", "17:41:26", "ts"),
            Arguments.of("\"2025-10-23T17:41:26Z\"", "1761241286", "ts"),
            Arguments.of("u_123", "u\\n", "user_id"),
            Arguments.of("u_123", "é".repeat(33), "user_id"),
            Arguments.of("u_123", "\\ud834", "user_id"),
            Arguments.of("\"DE\"", "\"de\"", "market"),
            Arguments.of("\"DE\"", "\"DEU\"", "market"),
            Arguments.of("\"X\"", "\"" + "x".repeat(33) + "\"", "brand"),
            Arguments.of("\"X\"", "[\"X\"]", "brand"),
            Arguments.of("\"slot\"", "\"Slot\"", "game.type"),
            Arguments.of(", \"type\":\"slot\"", "", "game.type"),
            Arguments.of("\"id\":\"g_77\", ", "", "game.id"),
            Arguments.of("{\"id\":\"g_77\", \"provider\":\"PragmaticPlay\", \"type\":\"slot\"}",
                "\"g_77\"", "game"),
            Arguments.of("100,", "100.0,", "bet.amount_minor"),
            Arguments.of("100,", "1e2,", "bet.amount_minor"),
            Arguments.of("100,", "\"100\",", "bet.amount_minor"),
            Arguments.of("100,", "-1,", "bet.amount_minor"),
            Arguments.of("100,", "1000000000000001,", "bet.amount_minor"),
            Arguments.of("100,", "-9223372036854775808,", "bet.amount_minor"),
            Arguments.of("100,", "99999999999999999999999999,", "bet.amount_minor"),
            Arguments.of(", \"currency\":\"EUR\"", "", "bet.currency"),
            Arguments.of("\"EUR\"", "\"eur\"", "bet.currency"),
            Arguments.of("250,", "2.5e2,", "win.amount_minor"),
            Arguments.of(":2.5", ":-2.5", "win.multiplier"),
            Arguments.of(":2.5", ":\"2.5\"", "win.multiplier"),
            Arguments.of(":2.5", ":" + "9".repeat(200), "win.multiplier"),
            Arguments.of("\"ended\"", "\"closed\"", "round.status"),
            Arguments.of(",\"status\":\"ended\"", "", "type"),
            Arguments.of("\"status\"", "\"started_ts\":\"2025-10-23T17:41:26.1Z\",\"status\"",
                "round.started_ts"),
            Arguments.of("\"mobile\"", "\"phone\"", "device.platform"),
            Arguments.of("\"mno\"", "\"mno\",\"headless\":1", "device.headless"),
            Arguments.of("t_…", "t".repeat(65), "trace_id"),
            Arguments.of("\"market\"", "\"brand\":\"Y\",\"market\"", "brand"),
            Arguments.of("\"g_77\",", "\"g_77\",\"id\":\"g_78\",", "game.id"),
            Arguments.of("\"trace_id\"", "\"bet\":{},\"trace_id\"", "bet"),
            Arguments.of("\"trace_id\"", "\"z\":1,\"z\":1,\"trace_id\"", ""),
            Arguments.of("\"trace_id\"", "\"z\":[{\"y\":1,\"y\":2}],\"trace_id\"", ""),
            Arguments.of("\"trace_id\"", "\"z\":" + "[".repeat(16) + "]".repeat(16)
                + ",\"trace_id\"", ""));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldNameTheFieldWhenInvalid(String from, String to, String field) {
        assertTrue(SAMPLE.contains(from));
        assertEquals(Verdict.INVALID, read(SAMPLE.replace(from, to)));
        assertEquals(field, json.field(), json.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":}", "{} x", "{}{}", "{'a':1}", "{\"a\":01}",
        "{\"a\":NaN}", "nul", "{\"a\":1,}", "[1", "\"abc", "{\"a\":\"\u0001\"}",
        "{\"event_id\":\"", "{\"bet\":{\"amount_minor\":1.},\"a\":1}", "{\"a\" 1}"})
    void shouldCallMalformedWhatIsNoJson(String text) {
        assertEquals(Verdict.MALFORMED, read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "{}", "[{}]"})
    void shouldCallInvalidWhatIsNoEvent(String text) {
        assertEquals(Verdict.INVALID, read(text));
    }

    @Test
    void shouldCallMalformedBeforeInvalidWhenBothHold() {
        assertEquals(Verdict.MALFORMED, read(SAMPLE.replace("\"DE\"", "1").replace("…\"", "…")));
    }

    @Test
    void shouldTakeNoOtherEncoding() {
        for (final var charset : new java.nio.charset.Charset[] {StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE, StandardCharsets.UTF_16}) {
            final byte[] bytes = SAMPLE.getBytes(charset);
            assertEquals(Verdict.MALFORMED, json.read(bytes, 0, bytes.length, draft));
        }
        final byte[] overlong = SAMPLE.getBytes(StandardCharsets.UTF_8);
        overlong[20] = (byte) 0xC1;
        assertEquals(Verdict.MALFORMED, json.read(overlong, 0, overlong.length, draft));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        final String padded = SAMPLE + " ".repeat(EventJson.MAX_BYTES);
        assertEquals(Verdict.INVALID, read(padded));
        assertEquals("is longer than 64 KiB", json.message());
    }

    @Test
    void shouldReadAPartOfAnArrayAndForgetTheEventBefore() {
        final byte[] two = (SAMPLE + "\n" + SAMPLE.replace("e_9f2", "e_2")
            .replace("\"device\": {\"platform\":\"mobile\",\"asn\":\"mno\"},", "") + "\n")
            .getBytes(StandardCharsets.UTF_8);
        final int first = SAMPLE.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Verdict.VALID, json.read(two, 0, first, draft));
        assertEquals(Verdict.VALID, json.read(two, first + 1, two.length - first - 2, draft));
        assertEquals("e_2", draft.eventId().toString());
        assertEquals(EventDraft.NO_ENUM, draft.devicePlatform());
        assertEquals(AsnCategory.UNKNOWN.value(), draft.deviceAsn());
    }
}
