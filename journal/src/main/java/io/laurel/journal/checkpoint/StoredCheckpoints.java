package io.laurel.journal.checkpoint;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * What a start finds of checkpoints, held against the journal before anything is written: a log
 * that was rolled back or replaced must not go on, and must not be signed.
 *
 * @param journal directory of the segments
 * @param stateFile where {@link LogTrees} keeps its state
 * @param newest the stored checkpoint with the highest sequence, null = none
 * @param state where the trees stood, empty where that is not known or not of this log
 * @param prunedSequence last sequence of the log that was pruned, 0 = none
 */
public record StoredCheckpoints(Path journal, Path stateFile, Checkpoint newest,
    TreeState state, long prunedSequence) {

    /**
     * Reads and checks. A journal that is there up to the newest checkpoint, with the same last
     * block, is the same up to there: each block names the hash of the one before. What was signed
     * before the log was pruned cannot be held against it any more.
     *
     * @param directory of the checkpoints; need not be there
     * @param key that signs from now on, null = none
     * @throws JournalCorruptException where a checkpoint cannot be believed, or the journal
     *     contradicts it
     */
    public static StoredCheckpoints check(Path directory, Path stateFile, Path journal,
        VerifierKey key) throws IOException {
        List<StoredCheckpoint> all = CheckpointFiles.list(directory);
        for (StoredCheckpoint stored : all) {
            if (!stored.isReadable()) {
                throw refused("checkpoint is damaged: " + stored.fault(), stored, 0);
            }
        }
        StoredCheckpoint newest = all.isEmpty() ? null : all.get(all.size() - 1);
        if (newest != null && key != null) {
            checkSignature(newest, key);
        }
        return new Look(newest, TreeState.read(stateFile), JournalFiles.prunedStart(journal))
            .over(journal, stateFile);
    }

    /** Looks for the blocks at which checkpoint and trees stood. */
    private static final class Look {
        private final StoredCheckpoint newest;
        private final TreeState state;
        private final long pruned;
        private final long signed;
        private boolean stateFound;
        private boolean signedFound;
        private long last;

        Look(StoredCheckpoint newest, TreeState state, LogStart start)
            throws JournalCorruptException {
            this.newest = newest;
            this.state = state;
            pruned = start == null ? 0 : start.sequence();
            signed = newest == null ? 0 : newest.checkpoint().sequence();
            signedFound = signed < Math.max(1, pruned);
            if (start != null) {
                see(pruned, Checkpoint.text(HexFormat.of().parseHex(start.lastHash())));
            }
        }

        /** Takes a block, or the last one before a pruned log. */
        private void see(long sequence, String hash) throws JournalCorruptException {
            last = sequence;
            stateFound |= last == state.sequence() && hash.equals(state.block());
            if (last >= signed && !signedFound) {
                if (last != signed || !hash.equals(newest.checkpoint().block())) {
                    throw refused("the journal contradicts a signed checkpoint: sequence "
                        + signed + " is not the end of the block that was signed", newest, last);
                }
                signedFound = true;
            }
        }

        private boolean isDone() {
            return signedFound && (stateFound || last >= state.sequence());
        }

        StoredCheckpoints over(Path journal, Path stateFile) throws IOException {
            if (!isDone()) {
                long from = Math.min(signedFound ? Long.MAX_VALUE : signed,
                    state.sequence() <= pruned ? Long.MAX_VALUE : state.sequence());
                try (BlockReader reader = BlockReader.openFollowing(journal, from)) {
                    Block block = reader.next();
                    while (block != null && !isDone()) {
                        see(block.lastSequence(), Checkpoint.text(block.hash()));
                        block = reader.next();
                    }
                }
            }
            if (!signedFound) {
                throw refused("the journal was rolled back: it ends at sequence " + last
                    + ", and a checkpoint vouches for sequence " + signed, newest, last);
            }
            return new StoredCheckpoints(journal, stateFile,
                newest == null ? null : newest.checkpoint(),
                stateFound ? state : TreeState.EMPTY, pruned);
        }
    }

    private static void checkSignature(StoredCheckpoint newest, VerifierKey key)
        throws JournalCorruptException {
        Checkpoint checkpoint = newest.checkpoint();
        boolean signs = checkpoint.nextKey().isEmpty()
            || checkpoint.nextKey().equals(key.toString());
        if (!signs || !checkpoint.origin().equals(key.name())
            || newest.note().verdict(key) != SignedNote.Verdict.VALID) {
            throw refused("the newest checkpoint is not signed by the configured key " + key.name()
                + "+" + key.idHex() + " (a key is replaced with 'laurel key rotate')", newest,
                checkpoint.sequence());
        }
    }

    private static JournalCorruptException refused(String what, StoredCheckpoint stored,
        long sequence) {
        return new JournalCorruptException(what, stored.name(), 0, sequence);
    }
}
