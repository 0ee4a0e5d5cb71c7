package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The promises of the package as a whole: all state in the pages, same bytes, no garbage. */
class MemoryStateTest {
    private static final long CAPACITY = 64 << 20;

    @Test
    void shouldGoOnTheSameWayWhenOnlyTheUsedPagesAreKept() {
        try (Pages pages = new Pages(CAPACITY); Pages restored = new Pages(CAPACITY)) {
            MemoryWorkload original = MemoryWorkload.create(pages);
            original.run(new SplittableRandom(61), 20_000, 3_000);
            byte[] used = new byte[(int) original.usedBytes()];
            pages.getBytes(0, used, 0, used.length);
            restored.putBytes(0, used);
            MemoryWorkload copy = MemoryWorkload.open(restored);
            assertArrayEquals(original.root(), copy.root());
            original.run(new SplittableRandom(62), 20_000, 5_000);
            copy.run(new SplittableRandom(62), 20_000, 5_000);
            assertArrayEquals(original.root(), copy.root());
            assertEquals(original.usedBytes(), copy.usedBytes());
        }
    }

    @Test
    void shouldLeaveTheSameBytesWhenTheSameIsDoneTwice() {
        byte[] first = rootAfter(63);
        assertArrayEquals(first, rootAfter(63));
        assertFalse(Arrays.equals(first, rootAfter(64)));
    }

    private static byte[] rootAfter(long seed) {
        try (Pages pages = new Pages(CAPACITY)) {
            MemoryWorkload workload = MemoryWorkload.create(pages);
            workload.run(new SplittableRandom(seed), 10_000, 500);
            return workload.root();
        }
    }

    @Test
    void shouldAllocateNothingOnTheHeapWhenRunning() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (Pages pages = new Pages(CAPACITY)) {
            MemoryWorkload workload = MemoryWorkload.create(pages);
            SplittableRandom random = new SplittableRandom(65);
            workload.run(random, 5_000, 2_000);
            long before = threads.getThreadAllocatedBytes(thread);
            workload.run(random, 20_000, 4_000);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertTrue(allocated < 20_000, "allocated " + allocated);
            assertNotEquals(0, workload.seen());
        }
    }
}
