package io.laurel.engine.pipeline;

import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.EventHandler;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineQuery;
import io.laurel.protocol.storage.TakeSnapshotDecoder;
import java.lang.invoke.VarHandle;

/**
 * Stage 2: applies a batch that stands in the journal, one command after another, writes one
 * result for each that somebody waits for, and answers the reads that have come in meanwhile.
 */
final class EngineHandler implements EventHandler<CommandSlot> {
    /** Most slots that a batch may hold. */
    static final int MAX_BATCH = 1_024;

    /**
     * Results that leave together. Behind a standstill a batch holds all that came in meanwhile:
     * the first of it need not wait for the last.
     */
    static final int HAND_OUT = 256;

    private final CommandTarget target;
    private final Positions positions;
    private final OutputRing outputs;
    private final QueryDesk desk;
    private final ReleaseGate gate;
    private final SnapshotStage snapshots;
    private final Runnable onReleasable;
    private final DataProvider<CommandSlot> ring;
    private long firstOfBatch;
    private int count;
    private long firstResult = Long.MAX_VALUE;
    private long ticks;
    private long largeBytes;
    private volatile long ticksApplied;
    private volatile long largeBytesDropped;
    private volatile long nextDeadlineNs;
    private volatile long appliedTimeNs;
    private volatile boolean hasRoom;
    private volatile long batches;
    private volatile long commands;
    private volatile int largestBatch;

    /**
     * Begins behind the recovered log.
     *
     * @param ring holds the slots
     * @param onReleasable runs when something may leave now; must not block
     */
    EngineHandler(DataProvider<CommandSlot> ring, CommandTarget target, Positions positions,
        OutputRing outputs, QueryDesk desk, ReleaseGate gate, SnapshotStage snapshots,
        Runnable onReleasable) {
        this.ring = ring;
        this.target = target;
        this.positions = positions;
        this.outputs = outputs;
        this.desk = desk;
        this.gate = gate;
        this.snapshots = snapshots;
        this.onReleasable = onReleasable;
        nextDeadlineNs = target.nextDeadlineNs();
        appliedTimeNs = target.timeNs();
        hasRoom = target.hasRoom();
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        // the slots are looked up again: to keep references would cost a fence and a note for the
        // garbage collector each
        if (count++ == 0) {
            firstOfBatch = ringSequence;
        }
        if (endOfBatch) {
            applyBatch();
        }
    }

    private void applyBatch() {
        snapshots.batchBegins();
        int applied = 0;
        int seen = 0;
        for (int i = 0; i < count; i++) {
            if (i == seen) {
                SchedulingPoint.pass();
                seen = lookAhead(i);
            }
            final CommandSlot slot = ring.get(firstOfBatch + i);
            if (slot.kind() == CommandSlot.Kind.DOORBELL) {
                desk.heard();
            } else if (slot.kind().journaled()) {
                apply(slot);
                if (++applied % HAND_OUT == 0) {
                    handOut();
                }
            }
        }
        count = 0;
        if (applied > 0) {
            publishFigures(applied);
        }
        answerReads();
        handOut();
        snapshots.batchEnds();
    }

    private void handOut() {
        if (firstResult == Long.MAX_VALUE) {
            return;
        }
        // the gate may move meanwhile: either this sees it moved, or whoever moved it wakes the
        // event loop, which then sees what was written here
        VarHandle.fullFence();
        if (gate.sequence() >= firstResult) {
            onReleasable.run();
        }
        firstResult = Long.MAX_VALUE;
    }

    /** Lets the target look at the next few commands; returns the place of the first one behind. */
    private int lookAhead(int from) {
        if (from + 1 == count) {
            return count;
        }
        target.beginLookahead();
        int next = from;
        boolean more = true;
        while (more && next < count) {
            final CommandSlot slot = ring.get(firstOfBatch + next++);
            more = !slot.kind().journaled() || lookAhead(slot);
        }
        target.endLookahead();
        return next;
    }

    private boolean lookAhead(CommandSlot slot) {
        try {
            return target.lookAhead(slot.sequence(), slot.templateId(),
                BlockWriter.SCHEMA_VERSION, slot.blockLength(), slot.buffer(), slot.offset());
        } catch (RuntimeException | Error e) {
            throw new StageException(FailureKind.APPLY, slot.sequence(), e);
        }
    }

    private void apply(CommandSlot slot) {
        final long sequence = slot.sequence();
        try {
            target.apply(sequence, slot.timeNs(), slot.templateId(), BlockWriter.SCHEMA_VERSION,
                slot.blockLength(), slot.buffer(), slot.offset(), slot.length());
        } catch (RuntimeException | Error e) {
            throw new StageException(FailureKind.APPLY, sequence, e);
        }
        positions.applied.set(sequence);
        if (slot.templateId() == TakeSnapshotDecoder.TEMPLATE_ID) {
            snapshots.begin();
        }
        if (slot.token() != 0) {
            outputs.write(slot.token(), sequence, target.resultCode(), target.resultValue());
            firstResult = Math.min(firstResult, sequence);
        }
        if (slot.kind().tick()) {
            ticks++;
        }
        if (slot.isLarge()) {
            largeBytes += slot.length();
            slot.dropBody();
        }
    }

    private void answerReads() {
        EngineQuery query = desk.next();
        // what comes in beyond the limit has rung for itself: the next batch will see it
        for (int left = desk.limit(); query != null && left > 0; left--) {
            target.run(query);
            firstResult = Math.min(firstResult, query.sequence());
            desk.answered(query);
            query = left > 1 ? desk.next() : null;
        }
    }

    private void publishFigures(int applied) {
        nextDeadlineNs = target.nextDeadlineNs();
        appliedTimeNs = target.timeNs();
        hasRoom = target.hasRoom();
        batches = batches + 1;
        commands = commands + applied;
        if (applied > largestBatch) {
            largestBatch = applied;
        }
        largeBytesDropped = largeBytes;
        ticksApplied = ticks;
    }

    /** Returns how many ticks were applied, with the deadline behind them published; any thread. */
    long ticksApplied() {
        return ticksApplied;
    }

    /** Returns how many bytes of large bodies were let go of; any thread. */
    long largeBytesDropped() {
        return largeBytesDropped;
    }

    /** Returns when work is due, ns since the Unix epoch; any thread. */
    long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    /** Returns the log time of the last batch; any thread. */
    long appliedTimeNs() {
        return appliedTimeNs;
    }

    /** Returns whether the state has room for events; any thread. */
    boolean hasRoom() {
        return hasRoom;
    }

    /** Returns how many batches held a command; any thread. */
    long batches() {
        return batches;
    }

    /** Returns how many commands were applied; any thread. */
    long commands() {
        return commands;
    }

    /** Returns how many commands the largest batch held; any thread. */
    int largestBatch() {
        return largestBatch;
    }
}
