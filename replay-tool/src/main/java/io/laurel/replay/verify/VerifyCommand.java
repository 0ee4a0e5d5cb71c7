package io.laurel.replay.verify;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.recovery.CommandFailedException;
import io.laurel.engine.recovery.Progress;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.journal.PrunedJournalException;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.DataOptions;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogPass;
import io.laurel.replay.ProgressLine;
import io.laurel.replay.ReplayedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks all that a data directory holds against itself. */
@Command(name = "verify", description = {"Check that a data directory is what a node wrote.",
    "The chain of the log, its checksums, sequences, epochs and durable marks; every snapshot "
        + "against the state that the log leads to; all of it against signed checkpoints, where "
        + "some are given. Tells all that is wrong.",
    "Where older segments were pruned, what is there is verified from the first block on, and "
        + "replayed from the oldest snapshot; the exit code is 0 where all that is there is "
        + "right."})
public final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_PASSES = 3;

    @Mixin
    private DataOptions options;

    @Option(names = "--checkpoints", paramLabel = "DIR",
        description = "Signed checkpoints, best from where the node cannot reach them.")
    private Path checkpoints;

    @Option(names = "--public-key", paramLabel = "FILE",
        description = "Public keys that are trusted, name+id+key, one a line.")
    private Path publicKey;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((checkpoints == null) != (publicKey == null)) {
            throw new CommandFailure(ExitCode.USAGE,
                "--checkpoints and --public-key go together");
        }
        final VerifyReport report = verifyAll();
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return (report.isClean() ? ExitCode.DONE : ExitCode.FOUND).code();
    }

    /** Once more where a running node has pruned its log meanwhile: it was not damaged then. */
    private VerifyReport verifyAll() {
        final Path journal = LogPass.journalOf(options.data());
        for (int i = 1;; i++) {
            final LogStart before = start(journal);
            final VerifyReport report = verify();
            if (report.isClean() || i == MOST_PASSES || Objects.equals(before, start(journal))) {
                return report;
            }
        }
    }

    private static LogStart start(Path journal) {
        try {
            return JournalFiles.prunedStart(journal);
        } catch (JournalCorruptException e) {
            return null;
        } catch (IOException e) {
            throw CommandFailure.ofReading(e);
        }
    }

    private VerifyReport verify() {
        final Path data = options.data();
        final Path journal = LogPass.journalOf(data);
        try {
            // what is held against the log is read first: a running node writes the log before
            final CheckpointAudit signed =
                checkpoints == null ? null : CheckpointAudit.open(checkpoints, publicKey);
            final SnapshotAudit snapshots = SnapshotAudit.of(data.resolve("snapshots"));
            final LogPass pass = LogPass.over(data).upToDamage()
                .overWhatIsThere(snapshots::mayBegin).observedBy(snapshots);
            if (signed != null) {
                pass.observedBy(signed);
            }
            final VerifyReport report = new VerifyReport(start(journal), snapshots, signed);
            try (ProgressLine progress = new ProgressLine();
                 ReplayedLog log = pass.tell(progress).run()) {
                report.replayed(log);
                if (log.facts().damage() != null) {
                    damaged(report, journal, log.facts().damage());
                }
                if (signed != null) {
                    signed.end(journal, log.cutShort() ? null : log.engine(), progress);
                }
            } catch (CommandFailure e) {
                refused(report, journal, e);
                if (signed != null) {
                    signed.end(journal, null, Progress.NONE);
                }
            }
            if (report.hasWholeLog()) {
                JournalFiles.strays(journal).stream().map(Finding::of)
                    .forEach(report::addElsewhere);
            }
            snapshots.end(report.verifiedTo(), !report.hasWholeLog());
            return report;
        } catch (IOException e) {
            throw CommandFailure.ofReading(e);
        }
    }

    /** Where the log could not be replayed at all that is a finding too. */
    private static void refused(VerifyReport report, Path journal, CommandFailure failure)
        throws IOException {
        if (failure.getCause() instanceof JournalCorruptException damage) {
            damaged(report, journal, damage);
        } else if (failure.getCause() instanceof PrunedJournalException) {
            unreplayed(report, journal);
        } else if (failure.getCause() instanceof CommandFailedException failed) {
            report.add(new Finding("replay", "", -1, failed.sequence(), failed.getMessage()));
            report.replayedTo(failed.sequence() - 1);
            try {
                JournalFiles.scan(journal);
            } catch (JournalCorruptException damage) {
                damaged(report, journal, damage);
            }
        } else {
            throw failure;
        }
    }

    /** Without a snapshot to begin from there is still the chain. */
    private static void unreplayed(VerifyReport report, Path journal) throws IOException {
        report.add(new Finding("replay", "", -1, JournalFiles.prunedStart(journal).sequence(),
            "the log was pruned, and beside it is no snapshot of it to begin from: only the chain"
                + " was verified"));
        try {
            report.scanned(JournalFiles.scan(journal));
        } catch (JournalCorruptException damage) {
            report.replayedTo(damage.sequence());
            damaged(report, journal, damage);
        }
    }

    private static void damaged(VerifyReport report, Path journal,
        JournalCorruptException damage) throws IOException {
        report.add(Finding.of(damage));
        JournalFiles.faults(journal).stream().map(Finding::of).forEach(report::addElsewhere);
    }
}
