package io.laurel.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "18400, 0, 18400", "0, 0, 0", "-7, 0, -7", "1234, 2, 12.34", "1200, 2, 12", "0, 6, 0",
        "5, 2, 0.05", "-5, 2, -0.05", "50, 2, 0.5", "1, 6, 0.000001", "100000000, 1, 10000000",
        "9223372036854775807, 6, 9223372036854.775807",
        "-9223372036854775808, 0, -9223372036854775808",
        "-9223372036854775808, 6, -9223372036854.775808"})
    void shouldShowScoresWithoutExponentAndNeedlessZeros(long units, int scale, String shown) {
        assertEquals(shown, Decimals.score(units, scale));
    }

    @ParameterizedTest
    @CsvSource({"500000, 50.0", "25000, 2.5", "0, 0.0", "1, 0.0001", "33333, 3.3333",
        "9223372036854775807, 922337203685477.5807"})
    void shouldShowMultipliersWithOneDecimalAtLeast(long multiplierE4, String shown) {
        assertEquals(shown, Decimals.multiplier(multiplierE4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.0", "2, 1, 50.0", "3, 1, 66.7", "3, 3, 0.0", "1000, 342, 65.8",
        "2000, 1, 100.0", "800, 799, 0.1", "800, 797, 0.4"})
    void shouldShowPercentilesWithOneDecimalHalfToEven(long entries, long pos, String shown) {
        assertEquals(shown, Decimals.percentile(entries, pos));
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, 25000", "0, 0", "0.0, 0", "-0, 0", "-0.0, 0", "50, 500000", "2.99999, 29999",
        "0.00009, 0", "0.0001, 1", "1e3, 10000000", "1E-4, 1", "1e-5, 0", "1.23456e2, 1234560",
        "-1, -1", "-0.00001, -1", "922337203685477.5807, 9223372036854775807",
        "922337203685477.58079, 9223372036854775807", "922337203685477.5808, 9223372036854775807",
        "1e18, 9223372036854775807", "1e999999999, 9223372036854775807",
        "1e99999999999, 9223372036854775807", "1e-99999999999, 0", "0e99999999999, 0",
        "-1e99999999999, -1", "1e-999999999, 0", "922337203685477.5806999, 9223372036854775806"})
    void shouldTruncateMultipliersExactly(String text, long multiplierE4) {
        assertEquals(multiplierE4, Decimals.multiplierE4(text));
    }
}
