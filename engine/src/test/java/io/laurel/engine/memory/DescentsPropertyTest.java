package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DescentsPropertyTest {
    private static final long SEED = Long.getLong("laurel.seed", 1);

    @Test
    void shouldLeadToTheLeavesToWhichKeysBelong() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (final int size : new int[] {1, 40, 1_000, 60_000}) {
            try (Pages pages = new Pages(32 << 20)) {
                final int[] leaves = new int[size];
                final Placement placement = placement(leaves);
                final RefOrder order = (key, ref) -> Integer.compareUnsigned((int) key[1], ref);
                final Allocator allocator = Allocator.create(pages);
                final CountedTree trees = new CountedTree(allocator, 1, order, placement);
                final TreeNodes nodes = new TreeNodes(allocator, 1, placement);
                final long tree = trees.create();
                final long[][] keys = new long[size][];
                for (int i = 0; i < size; i++) {
                    keys[i] = key(random, i);
                    trees.insert(tree, keys[i]);
                }
                final Descents descents = trees.descents(20);
                for (int round = 0; round < 200; round++) {
                    follow(nodes, order, tree, descents, leaves, random);
                }
            }
        }
    }

    /** Few first words, so that the second ones have to decide too. */
    private static long[] key(SplittableRandom random, int ref) {
        return new long[] {random.nextInt(50), (long) random.nextInt() << 32 | ref};
    }

    private static Placement placement(int[] leaves) {
        return new Placement() {
            @Override
            public int get(int ref) {
                return leaves[ref];
            }

            @Override
            public void put(int ref, int leaf) {
                leaves[ref] = leaf;
            }
        };
    }

    private static void follow(TreeNodes nodes, RefOrder order, long tree, Descents descents,
        int[] leaves, SplittableRandom random) {
        descents.clear();
        final long[][] next = new long[20][];
        for (int i = 0; i < next.length; i++) {
            final int ref = random.nextInt(leaves.length);
            next[i] = key(random, ref);
            assertEquals(i, descents.add(tree, ref));
        }
        assertEquals(Descents.NONE, descents.add(tree, 0));
        descents.bringLeaves();
        for (int i = 0; i < next.length; i++) {
            descents.expect(i, next[i]);
        }
        descents.run();
        final TreePath path = new TreePath(nodes, order);
        for (int i = 0; i < next.length; i++) {
            final int ref = (int) next[i][1];
            path.descend(tree, next[i]);
            final long leaf = descents.leaf(i);
            final long home = Allocator.at(leaves[ref]);
            assertEquals(path.leaf(), leaf == 0 ? home : leaf, "seed " + SEED);
            assertEquals(ref, nodes.ref(home, descents.position(i)), "seed " + SEED);
        }
    }
}
