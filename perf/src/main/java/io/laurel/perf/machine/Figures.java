package io.laurel.perf.machine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** Numbers as they are printed. */
public final class Figures {
    private Figures() {
    }

    /** Returns a number with at most so many decimals, without trailing zeros. */
    public static BigDecimal round(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return BigDecimal.ZERO;
        }
        final BigDecimal rounded = BigDecimal.valueOf(value)
            .setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Returns nanoseconds as microseconds. */
    public static BigDecimal micros(long ns) {
        return round(ns / 1e3, 1);
    }

    /** Returns the middle of some values, 0 where there are none. */
    public static double median(double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
