package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FxConversionPropertyTest {
    private static final long SEED = 871L;

    @Test
    void shouldAgreeWithBigDecimalOnRandomAmounts() {
        final Random random = new Random(SEED);
        int overflows = 0;
        for (int number = 0; number < 500_000; number++) {
            final long amount = random.nextLong() >> random.nextInt(64);
            final long mantissa = random.nextLong() >>> 1 + random.nextInt(63);
            final int scale = random.nextInt(13);
            final long expected = expected(amount, mantissa, scale);
            if (expected == FxConversion.OVERFLOW) {
                overflows++;
            }
            assertEquals(expected, FxConversion.convert(amount, mantissa, scale),
                "seed " + SEED + ": " + amount + " x " + mantissa + "e-" + scale);
        }
        assertEquals(true, overflows > 1000, "overflows are among the cases: " + overflows);
    }

    @Test
    void shouldAgreeWithBigDecimalWhenTheResultIsNearAHalf() {
        final Random random = new Random(SEED);
        for (int number = 0; number < 100_000; number++) {
            final int scale = random.nextInt(13);
            final long unit = BigInteger.TEN.pow(scale).longValueExact();
            final long amount = (random.nextInt(2_000_000) - 1_000_000L) * unit + unit / 2
                + random.nextInt(3) - 1;
            assertEquals(expected(amount, 1, scale), FxConversion.convert(amount, 1, scale),
                "seed " + SEED + ": " + amount + "e-" + scale);
        }
    }

    private static long expected(long amount, long mantissa, int scale) {
        final BigInteger exact = new BigDecimal(BigInteger.valueOf(amount)
            .multiply(BigInteger.valueOf(mantissa)), scale).setScale(0, RoundingMode.HALF_EVEN)
            .unscaledValue();
        return exact.bitLength() > 63 || exact.equals(BigInteger.valueOf(Long.MIN_VALUE))
            || amount == Long.MIN_VALUE ? FxConversion.OVERFLOW : exact.longValueExact();
    }
}
