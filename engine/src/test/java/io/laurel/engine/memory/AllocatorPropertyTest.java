package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AllocatorPropertyTest {
    private static final long CAPACITY = 64 << 20;

    private record Block(int store, long at, int bytes, long stamp) {
    }

    @Test
    void shouldHandOutZeroedAlignedDisjointRecordsWhenTakenAndFreedAtRandom() {
        for (long seed = 1; seed <= 4; seed++) {
            try (Pages pages = new Pages(CAPACITY)) {
                run(pages, seed, true);
            }
        }
    }

    @Test
    void shouldLeaveTheSameBytesWhenTheSameIsDoneTwice() {
        byte[] first = rootAfter(7);
        assertArrayEquals(first, rootAfter(7));
        assertFalse(Arrays.equals(first, rootAfter(8)));
    }

    @Test
    void shouldUseAFreedRecordAgainLastInFirstOut() {
        try (Pages pages = new Pages(1 << 20)) {
            Allocator allocator = Allocator.create(pages);
            long a = allocator.allocate(1, 100);
            long b = allocator.allocate(1, 128);
            allocator.free(1, a, 100);
            allocator.free(1, b, 128);
            assertEquals(b, Allocator.open(pages).allocate(2, 97));
            assertEquals(a, Allocator.open(pages).allocate(2, 128));
            assertEquals(0, allocator.storeBytes(1));
            assertEquals(256, allocator.storeBytes(2));
        }
    }

    @Test
    void shouldKeepTheRootPointersApart() {
        try (Pages pages = new Pages(1 << 20)) {
            Allocator allocator = Allocator.create(pages);
            for (int i = 0; i < 64; i++) {
                pages.putLong(allocator.rootAt() + i * 8L, -1);
            }
            for (int i = 0; i < 200; i++) {
                assertTrue(allocator.allocate(31, 1 + i * 20) >= Pages.PAGE_BYTES);
            }
            for (int i = 0; i < 64; i++) {
                assertEquals(-1, pages.getLong(64 + i * 8L));
            }
        }
    }

    @Test
    void shouldThrowWithoutChangeWhenTheRegionIsFull() {
        try (Pages pages = new Pages(10 * Pages.PAGE_BYTES)) {
            Allocator allocator = Allocator.create(pages);
            long first = allocator.allocate(0, 16384);
            allocator.allocate(0, 16384);
            assertEquals(4096, allocator.freeBytes());
            byte[] before = root(allocator);
            assertThrows(OutOfStateException.class, () -> allocator.allocate(0, 8192));
            assertThrows(OutOfStateException.class, () -> allocator.allocate(0, 768));
            assertArrayEquals(before, root(allocator));
            allocator.allocate(0, 1024);
            assertEquals(0, allocator.freeBytes());
            allocator.free(0, first, 16384);
            assertEquals(first, allocator.allocate(0, 12289));
        }
    }

    @Test
    void shouldRefuseSizesAndRegionsThatItDoesNotServe() {
        try (Pages pages = new Pages(1 << 20)) {
            assertThrows(IllegalStateException.class, () -> Allocator.open(pages));
            Allocator allocator = Allocator.create(pages);
            assertThrows(IllegalArgumentException.class, () -> allocator.allocate(0, 0));
            assertThrows(IllegalArgumentException.class,
                () -> allocator.allocate(0, Allocator.MAX_BYTES + 1));
            assertThrows(AssertionError.class, () -> allocator.allocate(32, 16));
        }
    }

    @Test
    void shouldCarryPlacesUpTo64GibInAnInt() {
        for (long at : new long[] {0, 16, 1L << 32, (1L << 36) - 16}) {
            assertEquals(at, Allocator.at(Allocator.ref(at)));
        }
    }

    private static byte[] rootAfter(long seed) {
        try (Pages pages = new Pages(CAPACITY)) {
            return root(run(pages, seed, false));
        }
    }

    private static byte[] root(Allocator allocator) {
        byte[] root = new byte[32];
        allocator.pages().root(root, allocator.usedBytes());
        return root;
    }

    private static Allocator run(Pages pages, long seed, boolean verify) {
        Random random = new Random(seed);
        Allocator allocator = Allocator.create(pages);
        List<Block> blocks = new ArrayList<>();
        TreeMap<Long, Long> taken = new TreeMap<>();
        long[] storeBytes = new long[Allocator.STORES];
        for (int i = 0; i < 20_000; i++) {
            if (blocks.isEmpty() || random.nextInt(100) < 55) {
                int bytes = 1 + random.nextInt(1 << random.nextInt(16));
                int store = random.nextInt(Allocator.STORES);
                long at = allocator.allocate(store, bytes);
                Block block = new Block(store, at, bytes, random.nextLong());
                storeBytes[store] += Allocator.sizeOf(bytes);
                if (verify) {
                    verifyNew(pages, block, taken, "seed " + seed + " step " + i);
                }
                stamp(pages, block);
                blocks.add(block);
                taken.put(at, at + bytes);
            } else {
                Block block = blocks.remove(random.nextInt(blocks.size()));
                assertStamp(pages, block);
                allocator.free(block.store(), block.at(), block.bytes());
                storeBytes[block.store()] -= Allocator.sizeOf(block.bytes());
                taken.remove(block.at());
            }
        }
        blocks.forEach(block -> assertStamp(pages, block));
        for (int store = 0; store < Allocator.STORES; store++) {
            assertEquals(storeBytes[store], allocator.storeBytes(store));
        }
        return allocator;
    }

    private static void verifyNew(Pages pages, Block block, TreeMap<Long, Long> taken,
            String where) {
        long end = block.at() + block.bytes();
        Map.Entry<Long, Long> before = taken.lowerEntry(end);
        assertTrue(before == null || before.getValue() <= block.at(), where);
        int alignment = block.bytes() >= 4096 ? 4096 : block.bytes() % 64 == 0 ? 64 : 16;
        assertEquals(0, block.at() % alignment, where);
        for (int i = 0; i < block.bytes(); i++) {
            assertEquals(0, pages.getByte(block.at() + i), where);
        }
    }

    private static void stamp(Pages pages, Block block) {
        for (int i = 0; i < block.bytes(); i++) {
            pages.putByte(block.at() + i, (byte) (block.stamp() + i));
        }
    }

    private static void assertStamp(Pages pages, Block block) {
        for (int i = 0; i < block.bytes(); i++) {
            if (pages.getByte(block.at() + i) != (byte) (block.stamp() + i)) {
                throw new AssertionError("a record was overwritten: " + block);
            }
        }
    }
}
