package io.laurel.engine.pipeline;

import java.util.function.LongSupplier;

/**
 * Wall time in ns without an object per call: the millisecond is the system clock's, what is
 * below it comes from the monotonic clock. One thread.
 */
final class WallClock implements LongSupplier {
    private static final long NS_PER_MS = 1_000_000;

    private long anchorEpochNs;
    private long anchorNanoTime;

    @Override
    public long getAsLong() {
        final long nanoTime = System.nanoTime();
        final long lowestNs = System.currentTimeMillis() * NS_PER_MS;
        final long guessNs = anchorEpochNs + (nanoTime - anchorNanoTime);
        final long timeNs = Math.max(lowestNs, Math.min(lowestNs + NS_PER_MS - 1, guessNs));
        anchorEpochNs = timeNs;
        anchorNanoTime = nanoTime;
        return timeNs;
    }
}
