package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashIndexPropertyTest {
    private static final int STORE = 3;

    @Test
    void shouldAgreeWithAHashMapWhenUsedAtRandom() {
        for (int hashes : new int[] {3, 500, 60_000, Integer.MAX_VALUE}) {
            compare(hashes, hashes < 500 ? 2_000 : 200_000, 11);
        }
    }

    @Test
    void shouldHold200000EntriesInLittleMemory() {
        try (Pages pages = new Pages(64 << 20)) {
            Allocator allocator = Allocator.create(pages);
            HashIndex index = HashIndex.create(allocator, STORE);
            assertEquals(384, allocator.storeBytes(STORE));
            Random random = new Random(12);
            for (int i = 1; i <= 200_000; i++) {
                index.insert(random.nextInt(), i);
            }
            assertTrue(allocator.storeBytes(STORE) < 200_000 * 16L,
                "bytes " + allocator.storeBytes(STORE));
            Random again = new Random(12);
            long seen = 0;
            for (int i = 1; i <= 200_000; i++) {
                int hash = again.nextInt();
                seen += index.touch(hash);
                assertTrue(refs(index, hash).contains(i));
            }
            assertNotEquals(0, seen);
        }
    }

    @Test
    void shouldMeetAllThatStaysWhenWalkedWhileItChanges() {
        for (long seed = 1; seed <= 20; seed++) {
            try (Pages pages = new Pages(64 << 20)) {
                HashIndex index = HashIndex.create(Allocator.create(pages), STORE);
                Random random = new Random(seed);
                Map<Integer, Integer> hashes = new HashMap<>();
                int hashBound = random.nextBoolean() ? 40 : Integer.MAX_VALUE;
                for (int ref = 1; ref <= 3_000; ref++) {
                    hashes.put(ref, random.nextInt(hashBound));
                    index.insert(hashes.get(ref), ref);
                }
                Set<Integer> staying = new HashSet<>(hashes.keySet());
                Set<Integer> met = new HashSet<>();
                int next = 3_001;
                for (int bucket = 0; bucket < index.buckets(); bucket++) {
                    for (long at = index.first(bucket); at != 0; at = index.after(at)) {
                        met.add(index.ref(at));
                    }
                    int one = 1 + random.nextInt(3_000);
                    staying.remove(one);
                    index.remove(hashes.get(one), one);
                    for (int i = random.nextInt(5); i > 0 && next < 9_000; i--) {
                        index.insert(random.nextInt(hashBound), next++);
                    }
                }
                assertTrue(met.containsAll(staying), "seed " + seed);
            }
        }
    }

    @Test
    void shouldHandOutEveryEntryAndFreeAllWhenTakenDown() {
        for (int size : new int[] {0, 1, 20, 6_000, 150_000}) {
            try (Pages pages = new Pages(64 << 20)) {
                Allocator allocator = Allocator.create(pages);
                HashIndex index = HashIndex.create(allocator, STORE);
                Random random = new Random(13);
                for (int i = 1; i <= size; i++) {
                    index.insert(random.nextInt(), i);
                }
                Set<Integer> seen = new HashSet<>();
                boolean gone = false;
                for (int slice = 0; slice < 40_000 && !gone; slice++) {
                    gone = index.freeSlice(7, ref -> assertTrue(seen.add(ref)));
                }
                assertTrue(gone);
                assertEquals(size, seen.size());
                assertEquals(0, allocator.storeBytes(STORE));
            }
        }
    }

    @Test
    void shouldLeaveTheSameBytesWhenTheSameIsDoneTwice() {
        assertArrayEquals(rootAfter(5), rootAfter(5));
    }

    private static byte[] rootAfter(long seed) {
        try (Pages pages = new Pages(16 << 20)) {
            Allocator allocator = Allocator.create(pages);
            HashIndex index = HashIndex.create(allocator, STORE);
            Random random = new Random(seed);
            for (int i = 0; i < 30_000; i++) {
                if (random.nextInt(3) == 0) {
                    index.remove(random.nextInt(9_000), random.nextInt(3));
                } else {
                    index.insert(random.nextInt(9_000), random.nextInt(3));
                }
            }
            byte[] root = new byte[32];
            pages.root(root, allocator.usedBytes());
            return root;
        }
    }

    private static void compare(int hashes, int steps, long seed) {
        try (Pages pages = new Pages(64 << 20)) {
            Allocator allocator = Allocator.create(pages);
            HashIndex index = HashIndex.create(allocator, STORE);
            Map<Integer, List<Integer>> model = new HashMap<>();
            List<int[]> entries = new ArrayList<>();
            Random random = new Random(seed);
            for (int step = 1; step <= steps; step++) {
                String where = "seed " + seed + " hashes " + hashes + " step " + step;
                int kind = random.nextInt(10);
                if (kind < 5 || entries.isEmpty()) {
                    int hash = random.nextInt(hashes) * 0x9E3779B1;
                    index.insert(hash, step);
                    model.computeIfAbsent(hash, k -> new ArrayList<>()).add(step);
                    entries.add(new int[] {hash, step});
                } else if (kind < 8) {
                    int[] entry = entries.get(random.nextInt(entries.size()));
                    assertEquals(model.get(entry[0]).contains(entry[1]),
                        refs(index, entry[0]).contains(entry[1]), where);
                } else {
                    int last = entries.size() - 1;
                    int which = random.nextInt(entries.size());
                    int[] entry = entries.get(which);
                    entries.set(which, entries.get(last));
                    entries.remove(last);
                    assertTrue(index.remove(entry[0], entry[1]), where);
                    assertFalse(index.remove(entry[0], entry[1]), where);
                    model.get(entry[0]).remove((Integer) entry[1]);
                }
                assertEquals(entries.size(), index.size(), where);
            }
            HashIndex opened = HashIndex.open(allocator, STORE, index.headerAt());
            model.forEach((hash, refs) ->
                assertEquals(new HashSet<>(refs), new HashSet<>(refs(opened, hash))));
        }
    }

    private static List<Integer> refs(HashIndex index, int hash) {
        List<Integer> refs = new ArrayList<>();
        for (long cursor = index.find(hash); cursor != 0; cursor = index.next(cursor, hash)) {
            refs.add(index.ref(cursor));
        }
        return refs;
    }
}
