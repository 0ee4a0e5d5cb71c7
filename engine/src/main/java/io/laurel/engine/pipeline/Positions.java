package io.laurel.engine.pipeline;

import com.lmax.disruptor.Sequence;

/**
 * How far each stage has come in the log; each with one writer and on a cache line of its own.
 */
final class Positions {
    /** Last sequence in the journal; written by the journal stage. */
    final Sequence appended;
    /** Last sequence forced to disk; written by the force thread. */
    final Sequence durable;
    /** Last sequence applied; written by the engine stage. */
    final Sequence applied;
    /** Highest durable mark that stands in the journal; written by the journal stage. */
    final Sequence marked;
    /** Last sequence that wants to lie under a mark; written by the journal stage. */
    final Sequence wantsMark;

    /**
     * All stages stand at the end of the recovered log.
     *
     * @param lastSequence durable, applied, and past the need of a mark
     */
    Positions(long lastSequence) {
        appended = new Sequence(lastSequence);
        durable = new Sequence(lastSequence);
        applied = new Sequence(lastSequence);
        marked = new Sequence(lastSequence);
        wantsMark = new Sequence(lastSequence);
    }
}
