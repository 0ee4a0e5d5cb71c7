package io.laurel.journal.checkpoint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes and checks of Merkle trees as in RFC 6962 section 2.1 and RFC 9162 section 2.1: SHA-256,
 * leaves behind a byte 0, nodes behind a byte 1, so that neither can stand for the other. All
 * hashes are 32 bytes. Any thread.
 */
public final class Merkle {
    /** Bytes of a hash. */
    public static final int HASH_BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the root of the tree without leaves. */
    public static byte[] emptyRoot() {
        return sha256().digest();
    }

    /** Returns the hash of a leaf with this content. */
    public static byte[] leaf(byte[] content) {
        MessageDigest sha = sha256();
        sha.update(LEAF);
        return sha.digest(content);
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha = sha256();
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /**
     * Checks that a leaf stands at a place of a tree (RFC 9162 section 2.1.3.2).
     *
     * @param leafHash hash of the leaf
     * @param index place, from 0 on
     * @param size leaves of the tree
     * @param proof hashes beside the way up, from below
     */
    public static boolean includes(byte[] leafHash, long index, long size, List<byte[]> proof,
        byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /**
     * Checks that a tree is the beginning of another (RFC 9162 section 2.1.4.2).
     *
     * @param oldSize leaves of the tree that may be the beginning; every tree begins with none
     * @param newSize leaves of the other
     * @param proof hashes that stand for parts of both, empty where the sizes are equal
     */
    public static boolean extendsTree(long oldSize, byte[] oldRoot, long newSize, byte[] newRoot,
        List<byte[]> proof) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == 0) {
            return proof.isEmpty() && Arrays.equals(oldRoot, emptyRoot());
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        boolean complete = (oldSize & (oldSize - 1)) == 0;
        int from = complete ? 0 : 1;
        if (proof.size() < from) {
            return false;
        }
        long node = oldSize - 1;
        long last = newSize - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        byte[] oldHash = complete ? oldRoot : proof.get(0);
        byte[] newHash = oldHash;
        for (byte[] sibling : proof.subList(from, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = node(sibling, oldHash);
                newHash = node(sibling, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = node(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
    }
}
