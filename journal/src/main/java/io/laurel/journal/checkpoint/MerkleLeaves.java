package io.laurel.journal.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * All leaves of a tree, to make proofs from: 32 bytes a leaf, and for a proof a pass over them.
 * For tools; one thread.
 */
public final class MerkleLeaves {
    private final List<byte[]> hashes = new ArrayList<>();

    /** Appends a leaf, given its hash. */
    public void append(byte[] leafHash) {
        hashes.add(leafHash);
    }

    /** Returns the number of leaves. */
    public int size() {
        return hashes.size();
    }

    /** Returns the root of the tree of the first leaves. */
    public byte[] root(int size) {
        return size == 0 ? Merkle.emptyRoot() : subtree(0, size);
    }

    /**
     * Returns the proof that a leaf stands in the tree of the first leaves, from below.
     *
     * @param index of the leaf, from 0 on
     * @param size how many leaves
     */
    public List<byte[]> inclusion(int index, int size) {
        if (index < 0 || index >= size || size > hashes.size()) {
            throw new IllegalArgumentException("no leaf " + index + " of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        include(index, 0, size, proof);
        return proof;
    }

    private void include(int index, int from, int to, List<byte[]> proof) {
        if (to - from == 1) {
            return;
        }
        int middle = from + leftLeaves(to - from);
        if (index < middle) {
            include(index, from, middle, proof);
            proof.add(subtree(middle, to));
        } else {
            include(index, middle, to, proof);
            proof.add(subtree(from, middle));
        }
    }

    /** Returns the proof that the tree of the first leaves is the beginning of a larger one. */
    public List<byte[]> consistency(int oldSize, int newSize) {
        if (oldSize < 0 || oldSize > newSize || newSize > hashes.size()) {
            throw new IllegalArgumentException("no trees of " + oldSize + " and " + newSize);
        }
        List<byte[]> proof = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            connect(oldSize, 0, newSize, true, proof);
        }
        return proof;
    }

    /** Goes down the larger tree to where the smaller one ends; {@code whole} = it is known. */
    private void connect(int end, int from, int to, boolean whole, List<byte[]> proof) {
        if (end == to) {
            if (!whole) {
                proof.add(subtree(from, to));
            }
            return;
        }
        int middle = from + leftLeaves(to - from);
        if (end <= middle) {
            connect(end, from, middle, whole, proof);
            proof.add(subtree(middle, to));
        } else {
            connect(end, middle, to, false, proof);
            proof.add(subtree(from, middle));
        }
    }

    private byte[] subtree(int from, int to) {
        if (to - from == 1) {
            return hashes.get(from);
        }
        int middle = from + leftLeaves(to - from);
        return Merkle.node(subtree(from, middle), subtree(middle, to));
    }

    /** Largest power of two below the number of leaves. */
    private static int leftLeaves(int leaves) {
        return Integer.highestOneBit(leaves - 1);
    }
}
