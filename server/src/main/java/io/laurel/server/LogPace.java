package io.laurel.server;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a thread that goes over the log beside the engine rest as long as it works, so that a long
 * pass leaves the node half a core; and ends it when the node ends.
 */
final class LogPace {
    private static final long MOST_REST_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private volatile Thread thread;
    private volatile boolean closed;
    private long workedSince;

    /** Work begins, on the thread that calls. */
    void begin() {
        thread = Thread.currentThread();
        workedSince = System.nanoTime();
    }

    /** Rests as long as was worked since the last rest; throws where the node ends. */
    void rest() {
        pause(Math.min(System.nanoTime() - workedSince, MOST_REST_NS));
        check();
        workedSince = System.nanoTime();
    }

    /**
     * Goes on unless the node ends.
     *
     * @throws CancellationException where it does
     */
    void check() {
        if (closed) {
            throw new CancellationException("the node ends");
        }
    }

    /** Waits; not longer than until the node ends. */
    void pause(long ns) {
        final long until = System.nanoTime() + ns;
        for (long left = ns; left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends rests and, at its next one, the pass that is under way; any thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
