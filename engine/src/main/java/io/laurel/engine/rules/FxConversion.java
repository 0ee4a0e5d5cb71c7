package io.laurel.engine.rules;

/** Money in another currency, exact to the last minor unit (semantics 4, {@code fx}). */
public final class FxConversion {
    /** Stands for a result that no signed 64-bit number holds. */
    public static final long OVERFLOW = Long.MIN_VALUE;

    private static final int MAX_SCALE = 12;
    private static final long[] POWERS = new long[MAX_SCALE + 1];

    static {
        POWERS[0] = 1;
        for (int scale = 1; scale <= MAX_SCALE; scale++) {
            POWERS[scale] = POWERS[scale - 1] * 10;
        }
    }

    private FxConversion() {
    }

    /**
     * Returns {@code amount x mantissa x 10^-scale}, half to even, or {@link #OVERFLOW}. The
     * product is exact in 128 bits; nothing is allocated.
     *
     * @param amountMinor minor units, of either sign
     * @param mantissa of the rate, not negative
     * @param scale of the rate, 0 to 12
     */
    public static long convert(long amountMinor, long mantissa, int scale) {
        if (amountMinor == Long.MIN_VALUE) {
            return OVERFLOW;
        }
        final long magnitude = Math.abs(amountMinor);
        final long high = Math.multiplyHigh(magnitude, mantissa);
        final long low = magnitude * mantissa;
        final long divisor = POWERS[scale];
        if (high >= divisor) {
            return OVERFLOW;
        }
        // long division in steps of 16 bits: a remainder below 10^12 keeps every step in 63 bits
        long remainder = high;
        long quotient = 0;
        for (int shift = 48; shift >= 0; shift -= 16) {
            final long part = remainder << 16 | low >>> shift & 0xffff;
            if (quotient >>> 47 != 0) {
                return OVERFLOW;
            }
            quotient = quotient << 16 | part / divisor;
            remainder = part % divisor;
        }
        final long twice = remainder * 2;
        if (twice > divisor || twice == divisor && (quotient & 1) != 0) {
            quotient++;
        }
        if (quotient < 0) {
            return OVERFLOW;
        }
        return amountMinor < 0 ? -quotient : quotient;
    }
}
