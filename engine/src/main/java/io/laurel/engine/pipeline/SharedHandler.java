package io.laurel.engine.pipeline;

import com.lmax.disruptor.EventHandler;

/**
 * Both stages on one thread: at the end of a batch the first one appends it whole, then the second
 * one applies it.
 */
final class SharedHandler implements EventHandler<CommandSlot> {
    private final JournalHandler journal;
    private final EngineHandler engine;

    SharedHandler(JournalHandler journal, EngineHandler engine) {
        this.journal = journal;
        this.engine = engine;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        journal.onEvent(slot, ringSequence, endOfBatch);
        engine.onEvent(slot, ringSequence, endOfBatch);
    }
}
