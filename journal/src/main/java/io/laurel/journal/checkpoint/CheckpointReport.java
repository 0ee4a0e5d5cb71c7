package io.laurel.journal.checkpoint;

import java.util.List;

/**
 * What checkpoints say of a journal.
 *
 * @param findings what is wrong; empty where nothing is
 * @param checkpoints how many could be believed
 * @param matching how many of those the journal agrees with
 * @param earlier how many of those lie before the first block that there is: the segments that
 *     they speak of were pruned
 * @param coveredSequence last sequence that a matching checkpoint vouches for, 0 = none
 * @param lastSequence last sequence of the journal
 * @param uncoveredBlocks blocks behind {@code coveredSequence}: nobody vouches for them yet
 * @param coveredFacts facts that a matching checkpoint vouches for
 * @param uncoveredFacts facts behind those
 */
public record CheckpointReport(List<Finding> findings, int checkpoints, int matching,
    int earlier, long coveredSequence, long lastSequence, long uncoveredBlocks,
    long coveredFacts, long uncoveredFacts) {

    /**
     * Something that is not as it was signed.
     *
     * @param what one line
     * @param file the file of the journal, or of the checkpoint, in which it lies
     * @param offset where it begins in that file, bytes
     * @param fromSequence first sequence concerned
     * @param toSequence last sequence concerned
     */
    public record Finding(String what, String file, long offset, long fromSequence,
        long toSequence) {
    }

    /** Copies the list. */
    public CheckpointReport {
        findings = List.copyOf(findings);
    }

    /** Returns whether everything is as it was signed. */
    public boolean isClean() {
        return findings.isEmpty();
    }
}
