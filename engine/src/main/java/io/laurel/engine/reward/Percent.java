package io.laurel.engine.reward;

/** Percentages with four decimals, as whole numbers: 1,000,000 are the whole. */
final class Percent {
    private static final long WHOLE_E4 = 1_000_000;

    private Percent() {
    }

    /**
     * Returns a percentage of an amount, rounded down; exact for every amount, since neither
     * product goes beyond the amount itself or 10^12.
     *
     * @param amount not negative
     * @param percentE4 0 to 1,000,000
     */
    static long floorOf(long amount, long percentE4) {
        if (amount < 0 || percentE4 < 0 || percentE4 > WHOLE_E4) {
            throw new IllegalArgumentException(percentE4 + " e-4 percent of " + amount);
        }
        return amount / WHOLE_E4 * percentE4 + amount % WHOLE_E4 * percentE4 / WHOLE_E4;
    }
}
