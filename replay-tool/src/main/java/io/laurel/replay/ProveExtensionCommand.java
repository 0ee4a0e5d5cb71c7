package io.laurel.replay;

import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.checkpoint.BlockLeaf;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.MerkleLeaves;
import io.laurel.replay.proof.ExtensionProof;
import io.laurel.replay.proof.FactPages;
import io.laurel.replay.proof.ProofFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the proof that one checkpoint extends another. */
@Command(name = "prove-extension", description = "Prove that a checkpoint vouches for all that an"
    + " earlier one did: prints JSON that check-proof --from OLD --checkpoint NEW checks.")
final class ProveExtensionCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier checkpoint.")
    private Path oldFile;

    @Parameters(index = "1", paramLabel = "NEW", description = "The later checkpoint.")
    private Path newFile;

    @Mixin
    private DataOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Checkpoint old = CheckpointInput.read(oldFile).checkpoint();
        final Checkpoint next = CheckpointInput.read(newFile).checkpoint();
        final LogPoint end = new LogPoint(next.sequence(), Long.MAX_VALUE);
        final MerkleLeaves facts = new MerkleLeaves();
        try (ReplayedLog log = options.run(LogPass.over(options.data()).to(end)
            .fromSnapshot(end), spec.commandLine().getErr())) {
            FactPages.readAll(log.engine(), fact -> facts.append(fact.leafHash()));
        }
        final String text = ProofFile.text(new ExtensionProof(
            path(blocks(next.blocks().size()), old.blocks(), next.blocks(), "blocks"),
            path(facts, old.facts(), next.facts(), "results")));
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }

    private MerkleLeaves blocks(long count) {
        final MerkleLeaves leaves = new MerkleLeaves();
        try (ProgressLine progress = new ProgressLine(); BlockReader reader =
            BlockReader.openFollowing(LogPass.journalOf(options.data()), 1)) {
            Block block = reader.next();
            while (block != null && leaves.size() < count) {
                leaves.append(BlockLeaf.hash(block));
                progress.onProgress(block.lastSequence(), block.lastTimeNs());
                block = reader.next();
            }
        } catch (IOException e) {
            throw CommandFailure.ofReading(e);
        }
        return leaves;
    }

    private static List<byte[]> path(MerkleLeaves leaves, TreeHead old, TreeHead next,
        String what) {
        if (old.size() > next.size()) {
            throw new CommandFailure(ExitCode.USAGE, "the checkpoints are not in order");
        }
        for (final TreeHead head : List.of(old, next)) {
            if (head.size() > leaves.size()
                || !Checkpoint.text(leaves.root((int) head.size())).equals(head.root())) {
                throw new CommandFailure(ExitCode.FOUND,
                    "the " + what + " of the journal are not those that were signed");
            }
        }
        return leaves.consistency((int) old.size(), (int) next.size());
    }
}
