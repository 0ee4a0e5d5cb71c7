package io.laurel.server.send;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps events at a steady rate; one that is late does not delay those after it. */
public final class Pace {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final long beganNs = System.nanoTime();
    private long count;

    /**
     * Begins now.
     *
     * @param perSecond events; 0 = as fast as possible
     */
    public Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Waits until the next event is due. */
    public void await() {
        if (perSecond > 0) {
            awaitNs((long) (count++ / perSecond * NANOS));
        }
    }

    /** Waits until this long after the beginning. */
    public void awaitNs(long sinceBeginNs) {
        long leftNs = sinceBeginNs - (System.nanoTime() - beganNs);
        while (leftNs > 0) {
            LockSupport.parkNanos(leftNs);
            leftNs = sinceBeginNs - (System.nanoTime() - beganNs);
        }
    }

    /** Returns how long ago it began, in ns. */
    public long elapsedNs() {
        return System.nanoTime() - beganNs;
    }
}
