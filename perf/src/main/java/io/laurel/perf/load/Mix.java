package io.laurel.perf.load;

/** SplitMix64: a fast seeded source of random numbers. */
public final class Mix {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final double TO_UNIT = 0x1.0p-53;

    private long state;

    /** Begins at a seed. */
    public Mix(long seed) {
        state = seed;
    }

    /** Returns 64 random bits. */
    public long next() {
        state += GOLDEN;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** Returns a number in [0, bound). */
    public long below(long bound) {
        return Math.multiplyHigh(next() >>> 1, bound << 1);
    }

    /** Returns a number in [0, 1). */
    public double unit() {
        return (next() >>> 11) * TO_UNIT;
    }
}
