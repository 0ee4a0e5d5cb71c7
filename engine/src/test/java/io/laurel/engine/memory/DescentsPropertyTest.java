package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DescentsPropertyTest {
    private static final long SEED = Long.getLong("laurel.seed", 1);

    @Test
    void shouldKeepTheWaysThatDescentsInEarnestTake() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (final int size : new int[] {1, 40, 1_000, 60_000}) {
            try (Pages pages = new Pages(32 << 20)) {
                final TreeNodes nodes = new TreeNodes(Allocator.create(pages), 1);
                final RefOrder order = (key, ref) -> Integer.compareUnsigned((int) key[1], ref);
                final CountedTree trees = new CountedTree(Allocator.open(pages), 1, order);
                final long tree = trees.create();
                final long[][] keys = new long[size][];
                for (int i = 0; i < size; i++) {
                    // few first words, so that the second ones have to decide too
                    keys[i] = new long[] {random.nextInt(50), (long) random.nextInt() << 32 | i};
                    trees.insert(tree, keys[i]);
                }
                final Descents descents = trees.descents(20);
                for (int round = 0; round < 200; round++) {
                    follow(nodes, order, tree, descents, keys, random);
                }
            }
        }
    }

    private static void follow(TreeNodes nodes, RefOrder order, long tree, Descents descents,
        long[][] keys, SplittableRandom random) {
        descents.clear();
        final long[][] asked = new long[40][];
        final int[] ways = new int[asked.length];
        for (int i = 0; i < asked.length; i += 2) {
            asked[i] = keys[random.nextInt(keys.length)];
            asked[i + 1] = random.nextBoolean() ? asked[i] : keys[random.nextInt(keys.length)];
            ways[i] = descents.add(tree, asked[i], asked[i + 1]);
            ways[i + 1] = Descents.second(ways[i]);
        }
        assertEquals(Descents.NONE, descents.add(tree, asked[0], asked[1]));
        descents.run();
        final TreePath path = new TreePath(nodes, order);
        for (int i = 0; i < asked.length; i++) {
            path.descend(tree, asked[i]);
            assertTrue(path.found());
            for (int depth = 0; depth < path.depth(); depth++) {
                assertEquals(path.index(depth), descents.index(ways[i], depth, path.node(depth)),
                    "seed " + SEED);
            }
        }
    }
}
