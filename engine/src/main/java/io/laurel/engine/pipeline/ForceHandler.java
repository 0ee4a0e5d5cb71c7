package io.laurel.engine.pipeline;

import io.laurel.engine.port.Journal;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Forces the journal to disk beside the engine. While one force is under way the next group
 * gathers, so the groups grow with the load by themselves. A failed force is final: the kernel may
 * have thrown the dirty pages away, a second force would report a success that is none.
 */
final class ForceHandler implements Runnable {
    private static final int HISTOGRAM_BUCKETS = 24;

    private final Journal journal;
    private final Positions positions;
    private final Runnable onDurable;
    private final FailStop failStop;
    private final long intervalNs;
    private final AtomicLongArray histogram = new AtomicLongArray(HISTOGRAM_BUCKETS);
    private long lastForceNs = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private volatile Thread thread;
    private volatile boolean asleep;
    private volatile boolean finishing;
    private volatile boolean halted;
    private volatile long forces;

    /**
     * Begins at the end of the recovered log, which is durable.
     *
     * @param onDurable runs when the durable sequence has moved; must not block
     * @param intervalNs from one force to the next at least; 0 = one behind the other
     */
    ForceHandler(Journal journal, Positions positions, Runnable onDurable, FailStop failStop,
        long intervalNs) {
        this.journal = journal;
        this.positions = positions;
        this.onDurable = onDurable;
        this.failStop = failStop;
        this.intervalNs = intervalNs;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        boolean good = true;
        while (good && awaitWork()) {
            good = forceOnce();
        }
    }

    /** Returns whether something is to be forced; false when it is time to end. */
    private boolean awaitWork() {
        while (!halted) {
            final long early = intervalNs == 0 || finishing ? 0
                : lastForceNs + intervalNs - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(this, early);
                continue;
            }
            if (behind()) {
                return true;
            }
            if (finishing) {
                return false;
            }
            asleep = true;
            VarHandle.fullFence();
            if (!behind() && !finishing && !halted) {
                LockSupport.park(this);
            }
            asleep = false;
        }
        return false;
    }

    private boolean behind() {
        return positions.appended.get() > positions.durable.get();
    }

    /** Forces once. Returns whether the disk took it; otherwise the pipeline has failed. */
    boolean forceOnce() {
        try {
            force();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failStop.fail(FailureKind.JOURNAL, positions.durable.get() + 1, e);
            return false;
        }
    }

    private void force() throws IOException {
        final long before = positions.appended.get();
        final long startNs = System.nanoTime();
        final long durable = journal.force();
        record(System.nanoTime() - startNs);
        lastForceNs = startNs;
        if (durable < before) {
            throw new IOException("forced up to " + durable + ", but " + before
                + " was appended before");
        }
        positions.durable.setVolatile(durable);
        onDurable.run();
    }

    private void record(long durationNs) {
        final long micros = TimeUnit.NANOSECONDS.toMicros(durationNs);
        final int bucket = Math.min(HISTOGRAM_BUCKETS - 1,
            Long.SIZE - Long.numberOfLeadingZeros(micros));
        histogram.setRelease(bucket, histogram.getPlain(bucket) + 1);
        forces = forces + 1;
    }

    /** Something was appended; journal stage. */
    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Forces what is left and ends. */
    void finish() {
        finishing = true;
        LockSupport.unpark(thread);
    }

    /** Ends without forcing anything more. */
    void halt() {
        halted = true;
        LockSupport.unpark(thread);
    }

    /** Returns how often the journal was forced; any thread. */
    long forces() {
        return forces;
    }

    /** Returns how many forces took less than 2^i microseconds and not less than half of it. */
    long[] histogram() {
        final long[] copy = new long[HISTOGRAM_BUCKETS];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = histogram.getAcquire(i);
        }
        return copy;
    }
}
