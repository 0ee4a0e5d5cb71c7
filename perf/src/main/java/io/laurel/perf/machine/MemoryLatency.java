package io.laurel.perf.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * How long the machine takes to read a line of memory that has to be known before the next one can
 * be read. A shared machine may take twice as long in one hour as in another, and whatever goes
 * over much memory goes with it.
 */
final class MemoryLatency {
    /** More than most caches, and little enough to be made in a moment. */
    static final int BYTES = 64 << 20;
    static final int LINE_BYTES = 64;

    private final ByteBuffer memory =
        ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int at;

    /** Lays one way through all lines, in an order that no processor can guess. */
    MemoryLatency() {
        final int lines = BYTES / LINE_BYTES;
        for (int i = 0; i < lines; i++) {
            memory.putInt(i * LINE_BYTES, i * LINE_BYTES);
        }
        // Sattolo's shuffle: a single cycle
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = lines - 1; i > 0; i--) {
            final int other = random.nextInt(i) * LINE_BYTES;
            final int next = memory.getInt(i * LINE_BYTES);
            memory.putInt(i * LINE_BYTES, memory.getInt(other));
            memory.putInt(other, next);
        }
    }

    /** Goes so many steps on; returns ns per step. */
    double measure(int steps) {
        final long begun = System.nanoTime();
        int place = at;
        for (int i = 0; i < steps; i++) {
            place = memory.getInt(place);
        }
        at = place;
        return (double) (System.nanoTime() - begun) / steps;
    }

    /** Returns the place that was reached, a multiple of 64 below {@link #BYTES}. */
    int place() {
        return at;
    }
}
