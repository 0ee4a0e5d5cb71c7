package io.laurel.journal.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that grows by a leaf at a time and keeps of it only the roots of its complete
 * subtrees, one for each bit of its size: enough to append and to give the root. One thread.
 */
public final class MerkleTree {
    /** Roots of complete subtrees, the largest first. */
    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    /** An empty tree. */
    public MerkleTree() {
    }

    /**
     * A tree as it was.
     *
     * @param size its leaves
     * @param peaks as {@link #peaks()} gave them
     * @throws IllegalArgumentException where those cannot belong together
     */
    public MerkleTree(long size, List<byte[]> peaks) {
        if (size < 0 || peaks.size() != Long.bitCount(size)
            || peaks.stream().anyMatch(peak -> peak.length != Merkle.HASH_BYTES)) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has "
                + Long.bitCount(size) + " peaks");
        }
        this.size = size;
        this.peaks.addAll(peaks);
    }

    /** Appends a leaf, given its hash. */
    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Merkle.node(peaks.remove(peaks.size() - 1), hash);
        }
        peaks.add(hash);
        size++;
    }

    /** Returns the number of leaves. */
    public long size() {
        return size;
    }

    /** Returns the roots of the complete subtrees, the largest first. */
    public List<byte[]> peaks() {
        return List.copyOf(peaks);
    }

    /** Returns the root. */
    public byte[] root() {
        if (size == 0) {
            return Merkle.emptyRoot();
        }
        byte[] hash = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            hash = Merkle.node(peaks.get(i), hash);
        }
        return hash;
    }
}
