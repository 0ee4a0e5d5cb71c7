package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A counted tree beside a sorted list, driven at random; they must agree after every step. */
final class TreeModel implements AutoCloseable {
    /** Not the order of the numbers, so that a comparison which skips it is seen. */
    static final RefOrder ORDER =
        (key, ref) -> Integer.compareUnsigned(Integer.reverse((int) key[1]),
            Integer.reverse(ref));

    private static final int STORE = 5;
    private static final int WORDS = 2;

    final Pages pages;
    final Allocator allocator;
    final CountedTree tree;
    final long at;
    final List<long[]> model = new ArrayList<>();
    final Map<Integer, Integer> leaves = new HashMap<>();
    private final Descents descents;
    private final int spread;
    private final Random random;
    private final Comparator<long[]> comparator;
    private final Cursor cursor = new Cursor();
    private int nextRef;

    /** Draws each word from {@code spread} values, so that a small spread makes ties. */
    TreeModel(int spread, long seed, long capacityBytes) {
        this.spread = spread;
        this.random = new Random(seed);
        pages = new Pages(capacityBytes);
        allocator = Allocator.create(pages);
        tree = new CountedTree(allocator, STORE, ORDER, new Placement() {
            @Override
            public int get(int ref) {
                return leaves.get(ref);
            }

            @Override
            public void put(int ref, int leaf) {
                leaves.put(ref, leaf);
            }
        });
        descents = tree.descents(4);
        at = tree.create();
        comparator = this::compare;
    }

    private int compare(long[] a, long[] b) {
        if (a[0] != b[0]) {
            return Long.compareUnsigned(a[0], b[0]);
        }
        int upper = Long.compareUnsigned(a[1] >>> 32, b[1] >>> 32);
        return upper != 0 ? upper : ORDER.compare(a, (int) b[1]);
    }

    long[] randomKey(int ref) {
        long[] key = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            long value = random.nextInt(spread) - spread / 2;
            key[i] = random.nextInt(20) == 0 ? value << 40 : value;
        }
        key[1] = key[1] << 32 | ref & 0xFFFFFFFFL;
        return key;
    }

    void insert() {
        nextRef++;
        insert(randomKey(nextRef));
    }

    void insert(long[] key) {
        tree.insert(at, key);
        model.add(place(key), key);
        checkAround(key);
    }

    void delete() {
        if (!model.isEmpty()) {
            delete(random.nextInt(model.size()));
        }
    }

    void delete(int index) {
        long[] key = model.remove(index);
        if (random.nextBoolean()) {
            tree.delete(at, (int) key[1]);
        } else {
            assertTrue(tree.delete(at, key));
        }
        assertFalse(tree.delete(at, key));
        checkAround(key);
    }

    /** Moves an entry either anywhere or only a little. */
    void update() {
        if (model.isEmpty()) {
            return;
        }
        int index = random.nextInt(model.size());
        long[] oldKey = model.get(index);
        long[] newKey = randomKey((int) oldKey[1]);
        if (random.nextBoolean()) {
            int word = random.nextInt(WORDS);
            long[] near = oldKey.clone();
            near[word] += (word == 1 ? 1L << 32 : 1L) * (random.nextInt(5) - 2);
            newKey = near;
        }
        if (random.nextInt(4) == 0) {
            tree.update(at, oldKey, newKey);
        } else {
            move(newKey);
        }
        model.remove(model.indexOf(oldKey));
        model.add(place(newKey), newKey);
        checkAround(oldKey);
        checkAround(newKey);
    }

    /** Moves an entry, often with a guess, which may be out of date by then. */
    private void move(long[] newKey) {
        int ref = (int) newKey[1];
        descents.clear();
        int way = random.nextInt(3) == 0 ? Descents.NONE : descents.add(at, ref);
        if (way != Descents.NONE) {
            descents.bringLeaves();
            descents.expect(way, newKey);
            descents.run();
        }
        int guess = descents.position(way);
        if (random.nextInt(3) == 0) {
            int steps = random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                change(ref);
            }
        }
        tree.move(at, newKey, guess, descents, way);
    }

    /** Changes something else. */
    private void change(int butFor) {
        int index = random.nextInt(model.size());
        if (random.nextBoolean() || (int) model.get(index)[1] == butFor) {
            insert();
        } else {
            delete(index);
        }
    }

    private int place(long[] key) {
        int found = Collections.binarySearch(model, key, comparator);
        assertTrue(found < 0, "the model has this key");
        return -found - 1;
    }

    private void checkAround(long[] key) {
        tree.checkNeighbourhood(at, key);
        int found = Collections.binarySearch(model, key, comparator);
        assertEquals(found < 0 ? -found - 1 : found, tree.rank(at, key));
        if (found >= 0) {
            assertEquals(found, tree.rank((int) key[1]));
        }
        assertEquals(found >= 0, tree.contains(at, key));
        assertEquals(model.size(), tree.size(at));
    }

    void randomStep() {
        int kind = random.nextInt(10);
        if (kind < 4) {
            insert();
        } else if (kind < 6) {
            delete();
        } else {
            update();
        }
        probe();
    }

    /** Reads around a random rank and around a random key. */
    void probe() {
        int index = random.nextInt(model.size() + 2) - 1;
        boolean inside = index >= 0 && index < model.size();
        assertEquals(inside, tree.select(at, index, cursor));
        if (inside) {
            walk(index);
        }
        long[] key = randomKey(random.nextInt(nextRef + 1));
        int found = Collections.binarySearch(model, key, comparator);
        int lower = found < 0 ? -found - 1 : found;
        assertEquals(lower < model.size(), tree.lowerBound(at, key, cursor));
        if (lower < model.size()) {
            walk(lower);
        }
    }

    private void walk(int index) {
        assertAt(index);
        boolean forward = random.nextBoolean();
        int step = forward ? 1 : -1;
        int end = forward ? model.size() - 1 : 0;
        int at = index;
        for (int i = 0; i < 3; i++) {
            boolean moved = forward ? cursor.next() : cursor.previous();
            assertEquals(at != end, moved);
            at += moved ? step : 0;
            assertAt(at);
        }
    }

    private void assertAt(int index) {
        long[] key = model.get(index);
        for (int i = 0; i < WORDS; i++) {
            assertEquals(key[i], cursor.word(i));
        }
        assertEquals((int) key[1], cursor.ref());
    }

    /** Verifies the whole tree, and its order against the model from end to end. */
    void checkAll() {
        tree.check(at);
        assertEquals(!model.isEmpty(), tree.first(at, cursor));
        for (int i = 0; i < model.size(); i++) {
            assertAt(i);
            assertEquals(i + 1 < model.size(), cursor.next());
        }
        for (int i = 0; i < model.size(); i += 1 + model.size() / 1_000) {
            assertEquals(i, tree.rank(at, model.get(i)));
        }
        assertEquals(allocator.storeBytes(STORE) - 32, tree.nodeBytes(at));
    }

    long storeBytes() {
        return allocator.storeBytes(STORE);
    }

    @Override
    public void close() {
        pages.close();
    }
}
