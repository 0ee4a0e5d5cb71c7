package io.laurel.engine.pipeline;

import io.laurel.protocol.storage.TickEncoder;

/**
 * Decides when a tick is due. Event loop only. An idle node's journal does not grow: a tick that
 * only carries the mark wants none for itself.
 */
final class Ticker {
    private static final long MARK_AFTER_NS = 500_000_000;

    private final CommandPublisher publisher;
    private final EngineHandler engine;
    private final Positions positions;
    private final boolean eventClock;
    private long awaitedSequence;
    private long awaitedSinceNs;

    Ticker(CommandPublisher publisher, EngineHandler engine, Positions positions,
        boolean eventClock) {
        this.publisher = publisher;
        this.engine = engine;
        this.positions = positions;
        this.eventClock = eventClock;
        awaitedSequence = positions.wantsMark.get();
    }

    /**
     * Publishes a tick if one is due.
     *
     * @param nowNs wall time, ns since the Unix epoch
     * @return whether one was published
     */
    boolean tickIfDue(long nowNs) {
        final boolean markDue = markDue(nowNs);
        // work that is due by log time goes on in either mode: jobs are done in slices
        final long reachedNs = eventClock ? engine.appliedTimeNs()
            : Math.max(nowNs, engine.appliedTimeNs());
        // no deadline is none, at the end of all time, too
        final long deadlineNs = engine.nextDeadlineNs();
        if (deadlineNs != Long.MAX_VALUE && deadlineNs <= reachedNs) {
            return tick(CommandSlot.Kind.TICK);
        }
        return markDue && tick(CommandSlot.Kind.MARK);
    }

    private boolean tick(CommandSlot.Kind kind) {
        return publisher.tryTick(kind, TickEncoder.TEMPLATE_ID, TickEncoder.BLOCK_LENGTH);
    }

    /** Under load the next block carries the mark; only a sequence that waited asks for a tick. */
    private boolean markDue(long nowNs) {
        final long marked = positions.marked.get();
        if (marked >= awaitedSequence || nowNs < awaitedSinceNs) {
            awaitedSequence = positions.wantsMark.get();
            awaitedSinceNs = nowNs;
        }
        return marked < awaitedSequence && nowNs - awaitedSinceNs >= MARK_AFTER_NS
            && positions.durable.get() >= awaitedSequence;
    }
}
