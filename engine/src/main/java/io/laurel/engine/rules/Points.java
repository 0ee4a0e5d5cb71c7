package io.laurel.engine.rules;

/** From the value of a formula to units of score (semantics 5). */
public final class Points {
    /** Stands for a value that scores nothing: {@code formula_error}. */
    public static final long FORMULA_ERROR = Long.MIN_VALUE;

    /** The greatest magnitude that counts, 2^53 units. */
    public static final long MAX_UNITS = 1L << 53;

    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private Points() {
    }

    /**
     * Returns {@code rint(value x weight x 10^scale)}, multiplied in this order, half to even; or
     * {@link #FORMULA_ERROR} for NaN, an infinity or a magnitude over {@link #MAX_UNITS}.
     *
     * @param value of the formula
     * @param weight of the game or the provider, 1 without
     * @param scale decimals of the score, 0 to 6
     */
    public static long toUnits(double value, double weight, int scale) {
        final double units = Math.rint(value * weight * POWERS[scale]);
        return Math.abs(units) <= MAX_UNITS ? (long) units : FORMULA_ERROR;
    }
}
