package io.laurel.replay;

import io.laurel.gateway.json.Decimals;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import io.laurel.journal.checkpoint.VerifierKey;
import io.laurel.replay.proof.ProofFile;
import io.laurel.replay.proof.RankProof;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a proof without any journal. */
@Command(name = "check-proof", description = "Check a proof of prove or prove-extension against a"
    + " checkpoint and a public key alone; exit code 1 where it does not hold.")
final class CheckProofCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The proof.")
    private Path file;

    @Option(names = "--checkpoint", paramLabel = "FILE", required = true,
        description = "A checkpoint from a source that you trust.")
    private Path checkpointFile;

    @Option(names = "--from", paramLabel = "FILE",
        description = "For an extension: the earlier checkpoint.")
    private Path fromFile;

    @Option(names = "--public-key", paramLabel = "FILE", required = true,
        description = "Public keys that you trust, name+id+key, one a line.")
    private Path keyFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<VerifierKey> keys = CheckpointInput.keys(keyFile);
        final Checkpoint checkpoint = CheckpointInput.trusted(checkpointFile, keys);
        final String text = CheckpointInput.text(file);
        final String proven;
        try {
            final ProofFile proof = ProofFile.parse(text);
            if (proof.isRank()) {
                proven = rank(proof.rank(), checkpoint);
                refuse(proof.contradictions());
            } else if (proof.isExtension() && fromFile != null) {
                proven = extension(proof, CheckpointInput.trusted(fromFile, keys), checkpoint);
            } else {
                throw new CommandFailure(ExitCode.USAGE, proof.isExtension()
                    ? "--from is needed for an extension" : file + " is no proof that is known");
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().println(proven);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }

    private String rank(RankProof proof, Checkpoint checkpoint) {
        refuse(proof.faults(checkpoint));
        final FinalEntry entry = proof.entry();
        return "proven: " + entry.user() + " is at place " + entry.rank() + " of "
            + proof.result().entries() + " in " + entry.contest() + " with score "
            + Decimals.score(entry.score(), proof.result().scoreScale()) + ", " + entry.rounds()
            + " rounds; settled at sequence " + proof.result().sequence() + ", signed by "
            + checkpoint.origin() + " up to sequence " + checkpoint.sequence();
    }

    private String extension(ProofFile proof, Checkpoint old, Checkpoint next) {
        refuse(proof.extension().faults(old, next));
        return "proven: the log of " + next.origin() + " up to sequence " + next.sequence()
            + " begins with that up to sequence " + old.sequence();
    }

    private void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new CommandFailure(ExitCode.FOUND,
                "not proven: " + String.join("; ", faults));
        }
    }
}
