package io.laurel.replay.verify;

import io.laurel.engine.Engine;
import io.laurel.engine.state.State;
import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.checkpoint.BlockLeaf;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.MerkleTree;
import io.laurel.journal.checkpoint.SignedNote;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;

/** Checkpoints of a log, kept where its writer cannot reach them. */
record KeptCheckpoints(Path directory, SigningKey key) {
    /** Returns what a checkpoint says of a state. */
    static StateRoot state(Engine engine) {
        return new StateRoot(engine.sequence(), State.LAYOUT_VERSION,
            Checkpoint.text(engine.stateRoot()),
            Checkpoint.text(Snapshot.digestOf(Snapshot.marksOf(engine))));
    }

    /** Signs a log as it stands. */
    void sign(Path log, MerkleTree facts, StateRoot state) throws IOException {
        final MerkleTree tree = new MerkleTree();
        Block first = null;
        Block last = null;
        try (BlockReader blocks = BlockReader.openVerifying(log.resolve("journal"))) {
            for (Block block = blocks.next(); block != null; block = blocks.next()) {
                first = first == null ? block : first;
                last = block;
                tree.append(BlockLeaf.hash(block));
            }
        }
        CheckpointFiles.write(directory, SignedNote.sign(new Checkpoint("laurel.test",
            new TreeHead(tree.size(), Checkpoint.text(tree.root())), last.lastSequence(),
            last.lastTimeNs(), Checkpoint.text(last.hash()), Checkpoint.text(first.hash()),
            new TreeHead(facts.size(), Checkpoint.text(facts.root())), state, "").toText(), key));
    }
}
