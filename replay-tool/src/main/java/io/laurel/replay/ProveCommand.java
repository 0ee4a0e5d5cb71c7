package io.laurel.replay;

import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.StoredCheckpoint;
import io.laurel.replay.proof.FactPages;
import io.laurel.replay.proof.ProofFile;
import io.laurel.replay.proof.RankProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the proof of a final rank. */
@Command(name = "prove", description = "Prove a final rank: rebuilds the results from the journal"
    + " and writes JSON that check-proof checks against a checkpoint, without the journal.")
final class ProveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONTEST", description = "Id of a settled contest.")
    private String contest;

    @Parameters(index = "1", paramLabel = "USER",
        description = "Id of the player (or provider, or game) on its main board.")
    private String user;

    @Mixin
    private DataOptions options;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "The checkpoint to prove"
        + " it by (default: the newest one in the data directory).")
    private Path checkpointFile;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: stdout).")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final StoredCheckpoint stored = checkpointFile == null
            ? CheckpointInput.newest(options.data().resolve("checkpoints"))
            : CheckpointInput.read(checkpointFile);
        final Checkpoint checkpoint = stored.checkpoint();
        final LogPoint end = new LogPoint(checkpoint.sequence(), Long.MAX_VALUE);
        final RankProof.Builder proof = new RankProof.Builder(contest, user);
        final LogPass pass = LogPass.over(options.data()).to(end).fromSnapshot(end);
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            KnownContests.check(log.engine(), contest);
            FactPages.readAll(log.engine(), proof::add);
        }
        if (!proof.matches(checkpoint)) {
            throw new CommandFailure(ExitCode.FOUND, "the results that the journal gives are not"
                + " those of " + stored.file());
        }
        if (!proof.isSettled()) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, "contest " + contest
                + " was not settled at sequence " + checkpoint.sequence() + " of "
                + stored.file());
        }
        if (!proof.isFound()) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT,
                "'" + user + "' has no place on the final board of " + contest);
        }
        if (!proof.isCoveredBy(checkpoint)) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, stored.file()
                + " does not vouch for the result of " + contest + " yet; take a later one");
        }
        final String text = ProofFile.text(proof.build(checkpoint));
        if (out == null) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        } else {
            write(text);
        }
        return ExitCode.DONE.code();
    }

    private void write(String text) {
        try {
            Files.writeString(out, text + "\n");
        } catch (IOException e) {
            throw CommandFailure.ofWriting(out, e);
        }
    }
}
