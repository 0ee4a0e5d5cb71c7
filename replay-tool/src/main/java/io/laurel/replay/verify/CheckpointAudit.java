package io.laurel.replay.verify;

import io.laurel.engine.Engine;
import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.state.State;
import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.CheckpointReport;
import io.laurel.journal.checkpoint.CheckpointVerifier;
import io.laurel.journal.checkpoint.StoredCheckpoint;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import io.laurel.replay.proof.FactPages;
import io.laurel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Holds the log, and the state that it leads to, against signed checkpoints kept elsewhere. */
final class CheckpointAudit implements LogObserver {
    private final CheckpointVerifier verifier;
    private final Deque<StoredCheckpoint> states;
    private final List<Finding> findings = new ArrayList<>();
    private CheckpointReport report;
    private int otherLayouts;
    private long stateAtBegin;

    private CheckpointAudit(CheckpointVerifier verifier) {
        this.verifier = verifier;
        states = new ArrayDeque<>(verifier.statesToCheck().stream()
            .sorted(Comparator.comparingLong(one -> one.checkpoint().state().sequence()))
            .toList());
    }

    /**
     * Reads checkpoints and the keys that are trusted.
     *
     * @throws CommandFailure where one of them cannot be read
     */
    static CheckpointAudit open(Path checkpoints, Path publicKeys) {
        if (!Files.isDirectory(checkpoints)) {
            throw new CommandFailure(ExitCode.USAGE, "no directory " + checkpoints);
        }
        try {
            return new CheckpointAudit(CheckpointVerifier.open(checkpoints, publicKeys));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, Files.exists(publicKeys)
                ? FileErrors.described(e) : "there is no file " + publicKeys, e);
        }
    }

    /** Where the replay begins at a snapshot nobody but a checkpoint says that it is right. */
    @Override
    public void onBegin(Engine engine) {
        while (!states.isEmpty()
            && states.peek().checkpoint().state().sequence() <= engine.sequence()) {
            final StoredCheckpoint stored = states.poll();
            if (stored.checkpoint().state().sequence() == engine.sequence()) {
                compare(stored, engine);
                stateAtBegin = engine.sequence();
            }
        }
    }

    @Override
    public void onApplied(LoggedCommand command, Engine engine) {
        while (!states.isEmpty()
            && states.peek().checkpoint().state().sequence() <= command.sequence()) {
            final StoredCheckpoint stored = states.poll();
            if (stored.checkpoint().state().sequence() == command.sequence()) {
                compare(stored, engine);
            }
        }
    }

    private void compare(StoredCheckpoint stored, Engine engine) {
        final Checkpoint.StateRoot state = stored.checkpoint().state();
        if (state.layout() == State.LAYOUT_VERSION) {
            compare(stored, "state root", state.root(), engine.stateRoot());
        } else {
            otherLayouts++;
        }
        compare(stored, "digest of all contests", state.digest(),
            Snapshot.digestOf(Snapshot.marksOf(engine)));
    }

    private void compare(StoredCheckpoint stored, String what, String said, byte[] found) {
        if (!said.equals(Checkpoint.text(found))) {
            findings.add(new Finding("checkpoint", stored.file().toString(), -1,
                stored.checkpoint().state().sequence(), "its " + what + " is " + said
                    + ", the log leads to " + Checkpoint.text(found)));
        }
    }

    /** Returns whether a checkpoint names the state at which the replay began. */
    boolean namesStateAtBegin() {
        return stateAtBegin > 0;
    }

    /** Returns how many states are of another layout: only their contests could be compared. */
    int otherLayouts() {
        return otherLayouts;
    }

    /**
     * Judges the blocks of the log, and the results that it leads to.
     *
     * @param journal directory of the segments
     * @param engine at the end of the log; null where it could not be replayed that far
     * @param progress is told of each block
     */
    void end(Path journal, Engine engine, Progress progress) throws IOException {
        boolean whole = beginBlocks(journal);
        try (BlockReader blocks = BlockReader.openVerifying(journal)) {
            for (Block block = blocks.next(); block != null; block = blocks.next()) {
                verifier.onBlock(block);
                progress.onProgress(block.lastSequence(), block.lastTimeNs());
            }
        } catch (JournalCorruptException e) {
            // told of by the check of the log itself
            whole = false;
        }
        if (whole && engine != null) {
            verifier.beginFacts();
            FactPages.readAll(engine, verifier::onFact);
        }
        report = verifier.finish(whole);
        // which log it is comes before what it leads to
        findings.addAll(0, report.findings().stream().map(one -> new Finding("checkpoint",
            one.file(), one.offset(), one.fromSequence(), one.what()
                + (one.fromSequence() == one.toSequence() ? ""
                    : ", somewhere up to sequence " + one.toSequence()))).toList());
    }

    private boolean beginBlocks(Path journal) throws IOException {
        try {
            final LogStart pruned = JournalFiles.prunedStart(journal);
            if (pruned != null) {
                verifier.beginBehind(pruned);
            }
            return true;
        } catch (JournalCorruptException e) {
            return false;
        }
    }

    CheckpointReport report() {
        return report;
    }

    List<Finding> findings() {
        return findings;
    }
}
