package io.laurel.engine.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import io.laurel.engine.port.Journal;
import java.io.IOException;

/**
 * Stage 1: gives every command its sequence and time, once and for ever, and appends a whole batch
 * as one block.
 */
final class JournalHandler implements EventHandler<CommandSlot> {
    private final Journal journal;
    private final LogClock clock;
    private final Positions positions;
    private final Runnable onAppended;
    private final BlockWriter block = new BlockWriter();
    private Sequence ownSequence;
    private Runnable onBatchDone;
    private long nextSequence;
    private long wantsMark;
    private volatile long blocks;

    /**
     * Begins behind the recovered log.
     *
     * @param onAppended runs after each block; must not block
     */
    JournalHandler(Journal journal, LogClock clock, Positions positions, Runnable onAppended) {
        this.journal = journal;
        this.clock = clock;
        this.positions = positions;
        this.onAppended = onAppended;
        nextSequence = positions.appended.get() + 1;
        wantsMark = positions.wantsMark.get();
    }

    /** Names who must be woken when a batch may be applied; only where that is another thread. */
    void onBatchDone(Runnable wakeUp) {
        onBatchDone = wakeUp;
    }

    @Override
    public void setSequenceCallback(Sequence sequence) {
        ownSequence = sequence;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        try {
            if (slot.kind().journaled()) {
                add(slot);
            }
            if (endOfBatch && block.records() > 0) {
                append();
            }
        } catch (Exception | Error e) {
            throw new StageException(FailureKind.JOURNAL, nextSequence - block.records(), e);
        }
        if (endOfBatch && onBatchDone != null) {
            // the processor would publish its sequence only after this call: too late to wake
            ownSequence.set(ringSequence);
            onBatchDone.run();
        }
    }

    private void add(CommandSlot slot) throws IOException {
        if (!block.hasRoom(slot.length())) {
            append();
        }
        if (block.records() == 0) {
            clock.startBlock();
        }
        slot.stamp(nextSequence, clock.timeFor(slot));
        block.add(slot.sequence(), slot.timeNs(), slot.templateId(), slot.blockLength(),
            slot.buffer(), slot.offset(), slot.length());
        if (slot.kind() != CommandSlot.Kind.MARK) {
            wantsMark = nextSequence;
        }
        nextSequence++;
    }

    private void append() throws IOException {
        final long mark = positions.durable.get();
        journal.append(block.buffer(), 0, block.length(), block.firstSequence(),
            block.lastSequence(), mark);
        positions.marked.set(mark);
        positions.wantsMark.set(wantsMark);
        positions.appended.setVolatile(block.lastSequence());
        block.clear();
        blocks = blocks + 1;
        onAppended.run();
    }

    /** Returns how many blocks were appended; any thread. */
    long blocks() {
        return blocks;
    }
}
