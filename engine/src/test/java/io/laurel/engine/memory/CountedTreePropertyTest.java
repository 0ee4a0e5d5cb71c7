package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class CountedTreePropertyTest {
    private static final long CAPACITY = 64 << 20;
    /** From all keys tied in all but the reference, to hardly any tie. */
    private static final int[] SPREADS = {1, 2, 20, 1 << 30};

    @Test
    void shouldAgreeWithASortedListWhenUsedAtRandom() {
        for (int seed = 100; seed < 103; seed++) {
            for (int spread : SPREADS) {
                run(spread, Long.getLong("laurel.seed", seed), 0, 12_000, 3_000);
            }
        }
    }

    @Test
    void shouldAgreeWithASortedListWhenItHolds100000Entries() {
        for (int spread : new int[] {3, 1 << 30}) {
            run(spread, 7, 100_000, 5_000, 2_500);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "laurel.long", matches = "true")
    void shouldAgreeWithASortedListOverMillionsOfSteps() {
        for (int seed = 1_000; seed < 1_003; seed++) {
            for (int spread : SPREADS) {
                run(spread, Long.getLong("laurel.seed", seed), 20_000, 400_000, 10_000);
            }
        }
    }

    private static void run(int spread, long seed, int fill, int steps, int every) {
        String where = "spread " + spread + " seed " + seed + " step ";
        int step = 0;
        try (TreeModel model = new TreeModel(spread, seed, CAPACITY)) {
            for (int i = 0; i < fill; i++) {
                model.insert();
            }
            for (; step < steps; step++) {
                model.randomStep();
                if (step % every == 0) {
                    model.checkAll();
                }
            }
            model.checkAll();
            while (!model.model.isEmpty()) {
                step++;
                model.delete();
                if (step % every == 0) {
                    model.checkAll();
                }
            }
            model.checkAll();
        } catch (AssertionError | IllegalStateException e) {
            throw new AssertionError(where + step, e);
        }
    }

    @Test
    void shouldStayWellFilledWhenKeysComeInOrder() {
        for (int direction : new int[] {1, -1}) {
            try (TreeModel model = new TreeModel(1, 1, CAPACITY)) {
                for (int i = 1; i <= 20_000; i++) {
                    model.insert(new long[] {(long) direction * i, i});
                }
                model.checkAll();
                long bytesPerKey = model.tree.nodeBytes(model.at) / 20_000;
                assertTrue(bytesPerKey < 28, "bytes per key " + bytesPerKey);
                for (int i = 0; i < 15_000; i++) {
                    model.delete(direction > 0 ? 0 : model.model.size() - 1);
                }
                model.checkAll();
            }
        }
    }

    @Test
    void shouldTakeFewBytesWhenThereAreManyTinyTrees() {
        try (TreeModel model = new TreeModel(1, 1, CAPACITY)) {
            long before = model.storeBytes();
            for (int i = 0; i < 10_000; i++) {
                long at = model.tree.create();
                model.tree.insert(at, new long[] {1, 2});
            }
            assertEquals(10_000 * 160L, model.storeBytes() - before);
        }
    }

    @Test
    void shouldFreeEverythingInBoundedSlices() {
        for (int size : new int[] {0, 1, 50, 20_000}) {
            try (TreeModel model = new TreeModel(1_000_000, 3, CAPACITY)) {
                for (int i = 0; i < size; i++) {
                    model.insert();
                }
                int slices = 1;
                while (!model.tree.freeSlice(model.at, 10)) {
                    slices++;
                    assertTrue(slices < 1_000);
                }
                assertEquals(0, model.storeBytes());
                assertTrue(size < 20_000 || slices > 30);
            }
        }
    }

    @Test
    void shouldLeaveTheSameBytesWhenTheSameIsDoneTwice() {
        assertArrayEquals(rootAfterRun(), rootAfterRun());
    }

    private static byte[] rootAfterRun() {
        try (TreeModel model = new TreeModel(50, 9, CAPACITY)) {
            for (int i = 0; i < 5_000; i++) {
                model.randomStep();
            }
            byte[] root = new byte[32];
            model.pages.root(root, model.allocator.usedBytes());
            return root;
        }
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        try (TreeModel model = new TreeModel(1, 1, CAPACITY)) {
            long at = model.at;
            CountedTree tree = model.tree;
            assertFalse(tree.delete(at, new long[] {1, 1}));
            assertEquals(0, tree.rank(at, new long[] {1, 1}));
            assertThrows(IllegalStateException.class,
                () -> tree.update(at, new long[] {1, 1}, new long[] {1, 2}));
            tree.insert(at, new long[] {1, 1});
            tree.insert(at, new long[] {1, 2});
            assertThrows(IllegalStateException.class, () -> tree.insert(at, new long[] {1, 1}));
            assertThrows(IllegalStateException.class,
                () -> tree.update(at, new long[] {1, 1}, new long[] {1, 2}));
            tree.insert(at, new long[] {1, 1});
            tree.update(at, new long[] {1, 1}, new long[] {1, 1});
            tree.check(at);
            model.leaves.put(9, model.leaves.get(1));
            assertThrows(IllegalStateException.class, () -> tree.move(at, new long[] {1, 9}));
            assertThrows(IllegalStateException.class, () -> tree.delete(at, 9));
            assertThrows(IllegalStateException.class, () -> tree.rank(9));
            tree.check(at);
        }
    }

    @Test
    void shouldFindBrokenTrees() {
        for (int harm = 0; harm < 6; harm++) {
            try (TreeModel model = new TreeModel(1 << 30, 4, CAPACITY)) {
                for (int i = 0; i < 500; i++) {
                    model.insert();
                }
                TreeNodes nodes = new TreeNodes(model.allocator, 5, null);
                long root = nodes.root(model.at);
                long leaf = nodes.child(root, 1);
                switch (harm) {
                    case 0 -> nodes.setBelow(root, 1, nodes.below(root, 1) + 1);
                    case 1 -> nodes.join(leaf, nodes.child(root, 3));
                    case 2 -> nodes.copyKey(leaf, 3, leaf, 2);
                    case 3 -> nodes.setRoot(model.at + 16, leaf);
                    case 4 -> model.leaves.put(nodes.ref(leaf, 4), 1);
                    default -> model.pages.putLong(nodes.firstAt(root, 1),
                        nodes.first(root, 1) - 1);
                }
                long[] key = new long[2];
                nodes.getKey(leaf, 5, key);
                assertThrows(IllegalStateException.class, () -> model.tree.check(model.at));
                assertThrows(IllegalStateException.class,
                    () -> model.tree.checkNeighbourhood(model.at, key));
            }
        }
    }
}
