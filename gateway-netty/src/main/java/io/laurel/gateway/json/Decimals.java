package io.laurel.gateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Fixed-point numbers as JSON numbers and back, exactly: no exponent, no double in between
 * (semantics 1.3).
 */
public final class Decimals {
    /** Most digits that a number in an event may have; more could only be mischief. */
    public static final int MAX_NUMBER_LENGTH = 128;

    private static final int MULTIPLIER_SCALE = 4;
    /** Digits before the decimal point from which on every value lies beyond 2^63. */
    private static final int SATURATING_DIGITS = 20;
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Decimals() {
    }

    /**
     * Returns units / 10^scale without needless zeros: 1234 at scale 2 is 12.34, 1200 is 12.
     *
     * @param scale decimals of the units, 0 to 6
     */
    public static String score(long units, int scale) {
        if (scale == 0) {
            return Long.toString(units);
        }
        return BigDecimal.valueOf(units, scale).stripTrailingZeros().toPlainString();
    }

    /** Returns multiplierE4 / 10^4 with one decimal at least: 50.0, 2.5, 0.3333. */
    public static String multiplier(long multiplierE4) {
        final BigDecimal value =
            BigDecimal.valueOf(multiplierE4, MULTIPLIER_SCALE).stripTrailingZeros();
        return (value.scale() < 1 ? value.setScale(1) : value).toPlainString();
    }

    /**
     * Returns 100 x (entries - position) / entries with exactly one decimal, half to even.
     *
     * @param entries on the board, at least 1
     * @param position rank, from 1 to entries
     */
    public static String percentile(long entries, long position) {
        return BigDecimal.valueOf(entries - position).multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(entries), 1, RoundingMode.HALF_EVEN).toPlainString();
    }

    /**
     * Reads a decimal of at least 0 and keeps four decimals, truncated; what exceeds 2^63 - 1
     * becomes that.
     *
     * @param text a JSON number of at most {@link #MAX_NUMBER_LENGTH} characters
     * @return the number x 10^4, or -1 where it is below 0
     */
    public static long multiplierE4(String text) {
        final BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (final NumberFormatException e) {
            // a JSON number that BigDecimal refuses has an exponent beyond 32 bits
            return hugeExponent(text);
        }
        if (value.signum() <= 0) {
            return value.signum();
        }
        final long digitsBeforePoint = (long) value.precision() - value.scale();
        if (digitsBeforePoint > SATURATING_DIGITS) {
            return Long.MAX_VALUE;
        }
        if (digitsBeforePoint < -MULTIPLIER_SCALE) {
            return 0;
        }
        final BigInteger scaled = value.movePointRight(MULTIPLIER_SCALE).toBigInteger();
        return scaled.compareTo(LONG_MAX) > 0 ? Long.MAX_VALUE : scaled.longValue();
    }

    private static long hugeExponent(String text) {
        final int at = Math.max(text.indexOf('e'), text.indexOf('E'));
        final boolean zero = text.substring(0, at).chars().noneMatch(c -> c >= '1' && c <= '9');
        if (zero) {
            return 0;
        }
        if (text.charAt(0) == '-') {
            return -1;
        }
        return text.charAt(at + 1) == '-' ? 0 : Long.MAX_VALUE;
    }
}
