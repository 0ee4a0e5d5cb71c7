package io.laurel.journal;

import java.io.IOException;

/**
 * Something was wanted that stood in segments which were pruned: the log begins later. Putting
 * them back from where they were kept makes the log whole again.
 */
public final class PrunedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long firstSequence;

    /** Names where the log begins. */
    public PrunedJournalException(LogStart start) {
        super("the journal was pruned and begins with sequence " + (start.sequence() + 1)
            + ": it can be replayed from a snapshot of sequence " + start.sequence()
            + " or later, or from the beginning once the older segments are put back");
        firstSequence = start.sequence() + 1;
    }

    /** Returns the first sequence that is still there. */
    public long firstSequence() {
        return firstSequence;
    }
}
