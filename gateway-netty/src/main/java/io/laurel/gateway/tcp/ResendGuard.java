package io.laurel.gateway.tcp;

import java.util.concurrent.TimeUnit;

/** Allows 3 resend requests in any 10 s, one at a time. */
final class ResendGuard {
    private static final long SPAN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST = 3;

    private final long[] times = new long[MOST];
    private long count;
    private boolean waiting;

    /** Returns whether a request is out and not answered yet. */
    boolean isWaiting() {
        return waiting;
    }

    /** Counts a request; returns false where it is one too many. */
    boolean request(long nowNs) {
        final int slot = (int) (count % MOST);
        if (count >= MOST && nowNs - times[slot] <= SPAN_NS) {
            return false;
        }
        times[slot] = nowNs;
        count++;
        waiting = true;
        return true;
    }

    /** The expected one has come. */
    void onExpected() {
        waiting = false;
    }
}
