package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.OutcomeCode;

/** Tells the client of an established session what became of its events. */
final class Egress {
    private final SessionHandler session;
    private final TcpContext context;
    private final SessionTimers timers;
    private final MessageWriter writer;
    private final AckTracker tracker;
    private final boolean byApplied;
    private boolean finishedTold;

    Egress(SessionHandler session, TcpContext context, SessionTimers timers,
        LogonRequest request, long position, long lastSequence) {
        this.session = session;
        this.context = context;
        this.timers = timers;
        writer = session.writer();
        byApplied = request.ackLevel == AckLevel.ACCEPTED.value();
        tracker = new AckTracker(byApplied, context.settings.windowMessages(), position,
            lastSequence, context.ticker.nanoTime());
        writer.establishAck(request, window(), position);
        session.flush();
    }

    /** Returns the last seqNo whose outcome is known. */
    long applied() {
        return tracker.applied();
    }

    /** Returns whether a client may not have sent this seqNo yet. */
    boolean isBeyondWindow(long seqNo) {
        final long told = byApplied ? tracker.toldApplied() : tracker.toldDurable();
        return seqNo - told > context.settings.windowMessages();
    }

    /** Returns whether the disk is near enough for this seqNo to be taken. */
    boolean hasPlaceFor(long seqNo) {
        return tracker.hasPlaceFor(seqNo);
    }

    boolean isSafe() {
        return tracker.isSafe();
    }

    /** The engine has answered for the next event. */
    void onResult(long sequence, int code, long value) {
        final long seqNo = tracker.onApplied(sequence);
        if (code != ResultCode.ACCEPTED.code()) {
            outcome(seqNo, code, value);
        }
    }

    void onDurable(long durableSequence) {
        tracker.onDurable(durableSequence);
    }

    /** Tells an outcome again, unless it was a plain one, and the position too. */
    void repeat(long seqNo, int code, long sequence) {
        if (code != ResultCode.ACCEPTED.code()) {
            outcome(seqNo, code, sequence);
        }
        tracker.repeat();
        acknowledge();
    }

    /** Tells the position, now or as soon as it may be told again. */
    void acknowledge() {
        final int window = window();
        final boolean finished = session.state() == SessionState.FINISHING && tracker.isSafe()
            && tracker.applied() == session.lastSeqNo() && !session.isProbing();
        if (tracker.hasNews(window)) {
            final long nowNs = context.ticker.nanoTime();
            final long waitNs =
                finished || session.isDraining() ? 0 : tracker.waitNs(nowNs);
            if (waitNs > 0) {
                timers.startAck(waitNs);
                return;
            }
            writer.ack(tracker.durable(), tracker.applied(), window,
                context.wallClockNs.getAsLong());
            tracker.onTold(window, nowNs);
            context.metrics.acks++;
            session.flush();
        }
        if (finished && !finishedTold) {
            finishedTold = true;
            writer.finishedReceiving(session.lastSeqNo(), tracker.lastSequence());
            session.flush();
        }
        if (!tracker.isSafe()) {
            timers.startRetry();
        }
    }

    private void outcome(long seqNo, int code, long sequence) {
        context.metrics.outcomes++;
        writer.eventOutcome(seqNo, outcomeCode(code), sequence);
    }

    private int window() {
        final long room = context.gate.remainingCapacity();
        return session.isDraining() || session.decoder().isPaused() || room <= 0
            || !context.gate.intakeOpen() ? 0
            : (int) Math.min(context.settings.windowMessages(), room + session.owed());
    }

    // the numbers of both are the same as far as the wire goes
    private static OutcomeCode outcomeCode(int code) {
        if (code == ResultCode.UNKNOWN_ROUND.code()) {
            return OutcomeCode.NOT_FOUND;
        }
        return code >= OutcomeCode.DUPLICATE.value() && code <= OutcomeCode.FORBIDDEN.value()
            ? OutcomeCode.get((short) code) : OutcomeCode.UNSUPPORTED;
    }
}
