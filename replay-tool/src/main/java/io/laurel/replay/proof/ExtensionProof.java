package io.laurel.replay.proof;

import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.Merkle;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a checkpoint vouches for everything that an earlier one did.
 *
 * @param blocksPath hashes that stand for parts of both trees over blocks
 * @param factsPath hashes that stand for parts of both trees over facts
 */
public record ExtensionProof(List<byte[]> blocksPath, List<byte[]> factsPath) {
    /** Copies the lists. */
    public ExtensionProof {
        blocksPath = List.copyOf(blocksPath);
        factsPath = List.copyOf(factsPath);
    }

    /**
     * Checks this against the texts of two checkpoints, whose signatures are checked elsewhere.
     *
     * @return what is wrong, empty where everything is right
     */
    public List<String> faults(Checkpoint old, Checkpoint next) {
        final List<String> faults = new ArrayList<>();
        if (!old.journal().equals(next.journal()) || old.sequence() > next.sequence()) {
            faults.add("the checkpoints are not of one journal, or not in order");
        }
        if (!extendsTree(old.blocks(), next.blocks(), blocksPath)) {
            faults.add("the later log does not begin with the earlier one");
        }
        if (!extendsTree(old.facts(), next.facts(), factsPath)) {
            faults.add("the later results do not begin with the earlier ones");
        }
        return faults;
    }

    private static boolean extendsTree(TreeHead old, TreeHead next, List<byte[]> path) {
        return Merkle.extendsTree(old.size(), Checkpoint.bytes(old.root()), next.size(),
            Checkpoint.bytes(next.root()), path);
    }
}
