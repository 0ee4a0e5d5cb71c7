package io.laurel.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @ParameterizedTest
    @CsvSource({"15m,900000000000", "60s,60000000000", "500ms,500000000", "PT30S,30000000000",
        "1.5h,5400000000000", "7d,604800000000000", "0s,0", "20us,20000", "3ns,3"})
    void shouldReadDurations(String text, long expectedNs) {
        assertEquals(expectedNs, Units.durationNs(text));
    }

    @ParameterizedTest
    @CsvSource({"256MiB,268435456", "8GiB,8589934592", "10MB,10000000", "1_000B,1000",
        "0.5KiB,512"})
    void shouldReadSizes(String text, long expectedBytes) {
        assertEquals(expectedBytes, Units.sizeBytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "", "m", "-1s", "1 2s", "1w", "P", "-PT1S", "300000d", "0.5ns"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.durationNs(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "1mib", "9000000000GiB", "0.3B"})
    void shouldRefuseWhatIsNoSize(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.sizeBytes(text));
    }

    @Test
    void shouldReadCountsWithUnderscores() {
        assertEquals(10_000_000, Units.count("10_000_000"));
        assertThrows(IllegalArgumentException.class, () -> Units.count("10k"));
    }
}
