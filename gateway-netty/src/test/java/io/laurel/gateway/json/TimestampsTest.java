package io.laurel.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    private static final long NS = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "2025-10-23T17:41:26Z, 1761241286000000000",
        "2025-10-23t17:41:26z, 1761241286000000000",
        "2025-10-23T20:41:26+03:00, 1761241286000000000",
        "2025-10-23T12:11:26.5-05:30, 1761241286500000000",
        "1970-01-01T00:00:00.000000001Z, 1", "1969-12-31T23:59:59.999999999Z, -1",
        "2024-02-29T00:00:00Z, 1709164800000000000",
        "2262-04-11T23:47:16.854775807Z, 9223372036854775807",
        "1677-09-21T00:12:44Z, -9223372036000000000"})
    void shouldReadExactly(String text, long ns) {
        assertEquals(ns, Timestamps.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-10-23", "2025-10-23T17:41:26", "2025-10-23T17:41Z",
        "2025-10-23 17:41:26Z", "2025-10-23T17:41:26+0300", "2025-10-23T17:41:26+03",
        "2025-10-23T17:41:60Z", "2025-10-23T24:00:00Z", "2025-02-29T00:00:00Z",
        "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
        "2025-10-23T17:41:26.Z", "2025-10-23T17:41:26.1234567890Z", "2025-10-23T17:41:26Zx",
        "+2025-10-23T17:41:26Z", "2025-10-23T17:41:26+24:00", "2025-10-23T17:41:26+03:60",
        "2262-04-11T23:47:16.854775808Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
        "1900-02-29T00:00:00Z", "２025-10-23T17:41:26Z", "2025-10-23T17:41:2/Z"})
    void shouldRefuseWhatIsNoTimestamp(String text) {
        assertEquals(Timestamps.INVALID, Timestamps.parse(text));
    }

    @Test
    void shouldTakeInstantsWithoutSecondsFromOperators() {
        assertEquals(1761415200L * NS, Timestamps.parseInstant("2025-10-25T18:00Z"));
        assertEquals(1761415200L * NS, Timestamps.parseInstant("2025-10-25T18:00:00.000Z"));
        assertEquals(Timestamps.INVALID, Timestamps.parseInstant("2025-10-25T18Z"));
    }

    @Test
    void shouldAgreeWithTheLibraryForManyTimes() {
        final long seed = 20261121;
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            final long seconds = random.nextLong(-9_000_000_000L, 9_000_000_000L);
            final long nanos = random.nextInt(4) == 0 ? 0 : random.nextLong(NS);
            final OffsetDateTime time = Instant.ofEpochSecond(seconds, nanos)
                .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-17 * 60, 17 * 60) * 60));
            final String text = java.time.format.DateTimeFormatter
                .ofPattern(nanos == 0 ? "uuuu-MM-dd'T'HH:mm:ssxxx"
                    : "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx").format(time);
            assertEquals(seconds * NS + nanos, Timestamps.parse(text), () -> seed + " " + text);
            assertEquals(seconds * NS + nanos,
                Timestamps.parse(Timestamps.format(seconds * NS + nanos)));
        }
    }
}
