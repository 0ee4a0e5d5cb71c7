package io.laurel.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The growing tree, the proofs and their checks against the definition, for all small sizes. */
final class MerklePropertyTest {
    private static final int SIZES = 40;
    private static final long SEED = 20261121;

    private final Random random = new Random(SEED);
    private final List<byte[]> hashes = new ArrayList<>();
    private final MerkleLeaves leaves = new MerkleLeaves();

    MerklePropertyTest() {
        for (int i = 0; i < SIZES; i++) {
            byte[] content = new byte[random.nextInt(20)];
            random.nextBytes(content);
            hashes.add(Merkle.leaf(content));
            leaves.append(hashes.get(i));
        }
    }

    /** RFC 9162 section 2.1.1, word by word. */
    private static byte[] root(List<byte[]> list) {
        if (list.isEmpty()) {
            return Merkle.emptyRoot();
        }
        if (list.size() == 1) {
            return list.get(0);
        }
        int k = 1;
        while (2 * k < list.size()) {
            k *= 2;
        }
        return Merkle.node(root(list.subList(0, k)), root(list.subList(k, list.size())));
    }

    private byte[] root(int size) {
        return root(hashes.subList(0, size));
    }

    @Test
    void shouldGrowToTheRootOfTheDefinitionWhenRestoredAtAnySize() {
        MerkleTree tree = new MerkleTree();
        for (int size = 0; size <= SIZES; size++) {
            assertArrayEquals(root(size), tree.root(), "size " + size);
            if (size < SIZES) {
                tree = new MerkleTree(tree.size(), tree.peaks());
                tree.append(hashes.get(size));
            }
        }
    }

    @Test
    void shouldBelieveAnInclusionProofWhenAllIsRightAndNothingElse() {
        for (int size = 1; size <= SIZES; size++) {
            byte[] root = root(size);
            for (int index = 0; index < size; index++) {
                String what = index + " of " + size;
                int at = index;
                int total = size;
                byte[] leaf = hashes.get(index);
                List<byte[]> proof = leaves.inclusion(index, size);
                assertTrue(Merkle.includes(leaf, index, size, proof, root), what);
                assertFalse(Merkle.includes(leaf, (index + 1) % size, size, proof, root)
                    && size > 1, what);
                assertFalse(Merkle.includes(leaf, size, size, proof, root), what);
                assertFalse(Merkle.includes(leaf, -1, size, proof, root), what);
                assertFalse(Merkle.includes(flip(leaf), index, size, proof, root), what);
                assertFalse(Merkle.includes(leaf, index, size, proof, flip(root)), what);
                wrong(proof).forEach(other ->
                    assertFalse(Merkle.includes(leaf, at, total, other, root), what));
            }
        }
    }

    @Test
    void shouldBelieveAConsistencyProofWhenAllIsRightAndNothingElse() {
        for (int size = 0; size <= SIZES; size++) {
            byte[] root = root(size);
            for (int old = 0; old <= size; old++) {
                String what = old + " to " + size;
                byte[] oldRoot = root(old);
                List<byte[]> proof = leaves.consistency(old, size);
                assertTrue(Merkle.extendsTree(old, oldRoot, size, root, proof), what);
                assertFalse(Merkle.extendsTree(old, flip(oldRoot), size, root, proof), what);
                if (old > 0) {
                    assertFalse(Merkle.extendsTree(old, oldRoot, size, flip(root), proof), what);
                    assertFalse(Merkle.extendsTree(size + 1, oldRoot, size, root, proof), what);
                }
                for (List<byte[]> other : wrong(proof)) {
                    assertFalse(Merkle.extendsTree(old, oldRoot, size, root, other), what);
                }
            }
        }
    }

    private static byte[] flip(byte[] hash) {
        byte[] other = hash.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    /** One too many, one too few, each with one bit changed. */
    private List<List<byte[]>> wrong(List<byte[]> proof) {
        List<List<byte[]>> all = new ArrayList<>();
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(hashes.get(random.nextInt(SIZES)));
        all.add(longer);
        if (!proof.isEmpty()) {
            all.add(proof.subList(0, proof.size() - 1));
            all.add(proof.subList(1, proof.size()));
        }
        for (int i = 0; i < proof.size(); i++) {
            List<byte[]> changed = new ArrayList<>(proof);
            changed.set(i, flip(changed.get(i)));
            all.add(changed);
        }
        return all;
    }
}
