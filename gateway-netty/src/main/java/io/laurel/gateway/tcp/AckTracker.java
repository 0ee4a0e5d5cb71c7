package io.laurel.gateway.tcp;

import java.util.concurrent.TimeUnit;

/**
 * Where a session stands and what the client was told of it. Replies come in the order of the
 * seqNos, so applied is a counter; durable follows it once the log position of an event is forced.
 */
final class AckTracker {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long EVENTS = 256;

    private final boolean byApplied;
    private final long mostAhead;
    private final int mostRuns;
    private final LogRuns runs = new LogRuns();
    private long applied;
    private long lastSequence;
    private long durable;
    private long toldApplied;
    private long toldDurable;
    private int toldWindow;
    private long toldNs;
    private boolean repeat;

    /**
     * At the beginning of a connection.
     *
     * @param byApplied whether the client goes by what is applied; else by what is durable
     * @param window most events that the client may have under way
     * @param position last seqNo that is applied and durable, and that the client is told of
     * @param lastSequence where that one stands in the log; 0 = there is none
     */
    AckTracker(boolean byApplied, int window, long position, long lastSequence, long nowNs) {
        this.byApplied = byApplied;
        mostAhead = (long) window * (byApplied ? TcpSettings.ACCEPTED_WINDOWS : 1);
        mostRuns = window * (byApplied ? 2 : 1);
        this.lastSequence = lastSequence;
        applied = position;
        durable = position;
        toldApplied = position;
        toldDurable = position;
        toldWindow = window;
        toldNs = nowNs;
    }

    /** The event behind the last applied one is applied, at a position of the log. */
    long onApplied(long sequence) {
        applied++;
        lastSequence = sequence;
        runs.add(applied, sequence);
        return applied;
    }

    void onDurable(long durableSequence) {
        durable = Math.max(durable, runs.takeUpTo(durableSequence, applied));
    }

    /**
     * Returns whether this seqNo may be taken: not where the disk is too far behind for what the
     * client may keep to send again, nor where its place in the log could not be remembered.
     */
    boolean hasPlaceFor(long seqNo) {
        return seqNo - durable <= mostAhead && runs.count() + seqNo - applied <= mostRuns;
    }

    /** Has the position told again, although it has not moved. */
    void repeat() {
        repeat = true;
    }

    long applied() {
        return applied;
    }

    /** Returns where the last applied event stands in the log. */
    long lastSequence() {
        return lastSequence;
    }

    long durable() {
        return durable;
    }

    long toldApplied() {
        return toldApplied;
    }

    long toldDurable() {
        return toldDurable;
    }

    boolean isSafe() {
        return durable == applied;
    }

    /** Returns whether there is something to tell. */
    boolean hasNews(int window) {
        return repeat || applied != toldApplied || durable != toldDurable
            || (window == 0) != (toldWindow == 0);
    }

    /**
     * Returns how long news may wait, in ns; 0 = it goes now. What the client waits for goes at the
     * end of the burst that brings it, so the bursts set the pace; the rest may wait for that.
     */
    long waitNs(long nowNs) {
        final boolean awaited = byApplied ? applied != toldApplied : durable != toldDurable;
        return awaited || applied - toldApplied >= EVENTS ? 0
            : Math.max(0, toldNs + INTERVAL_NS - nowNs);
    }

    void onTold(int window, long nowNs) {
        toldApplied = applied;
        toldDurable = durable;
        toldWindow = window;
        toldNs = nowNs;
        repeat = false;
    }
}
