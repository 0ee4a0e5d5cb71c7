package io.laurel.journal.checkpoint;

import io.laurel.journal.Block;

/** Leaves of the tree over blocks: type 1, version 1, first and last sequence, SHA-256. */
public final class BlockLeaf {
    private static final int VERSION = 1;

    private BlockLeaf() {
    }

    /** Returns the hash of the leaf that stands for a block. */
    public static byte[] hash(Block block) {
        return Merkle.leaf(new LeafWriter(LeafWriter.BLOCK, VERSION)
            .number(block.firstSequence()).number(block.lastSequence()).raw(block.hash())
            .toBytes());
    }
}
