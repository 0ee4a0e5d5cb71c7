package io.laurel.gateway.tcp;

import java.util.concurrent.TimeUnit;

/**
 * Limits of the session layer (interfaces 4 and 6).
 *
 * @param windowMessages most unacknowledged events of a session; a power of two
 * @param maxSessionsPerKey most connections of one key that have logged on
 * @param stepTimeoutNs longest time for each step of the logon
 * @param nonceLifeNs how long a challenge may be answered where keys are configured
 * @param clockToleranceNs how far a client's clock may be off where keys are configured
 * @param slowConsumerNs how long a client may leave what it is sent unread
 * @param maxConnections most connections at all
 */
public record TcpSettings(int windowMessages, int maxSessionsPerKey, long stepTimeoutNs,
    long nonceLifeNs, long clockToleranceNs, long slowConsumerNs, int maxConnections) {
    /**
     * How many windows of events of a session may be acknowledged as accepted, or on the way to
     * that, before the disk has them. Who keeps as many and one window more can always send again
     * what a power cut takes; and a disk that rests for a moment holds up nobody who does not wait
     * for it.
     */
    public static final int ACCEPTED_WINDOWS = 3;
    /** Shortest keep-alive in ms. */
    public static final int MIN_KEEP_ALIVE_MS = 500;
    /** Longest keep-alive in ms. */
    public static final int MAX_KEEP_ALIVE_MS = 60_000;

    /** Checks the window, which is also the size of a ring. */
    public TcpSettings {
        if (windowMessages < 1 || Integer.bitCount(windowMessages) != 1) {
            throw new IllegalArgumentException("the window is a power of two");
        }
    }

    /** Returns the limits that hold unless something else is configured. */
    public static TcpSettings defaults() {
        final long second = TimeUnit.SECONDS.toNanos(1);
        return new TcpSettings(8_192, 64, 3 * second, 5 * second, 30 * second, 10 * second, 10_000);
    }
}
