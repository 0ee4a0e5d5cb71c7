package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ReadyMemoryTest {
    private static final int PAGE_BYTES = 4096;
    private static final long MOST_NS = 20_000_000_000L;

    private static void awaitAsked(AtomicLong asked, long times) {
        final long deadline = System.nanoTime() + MOST_NS;
        while (asked.get() < times) {
            assertTrue(System.nanoTime() < deadline, () -> "asked only " + asked + " times");
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldMapMemoryThatThenReadsAsZero() {
        final long bytes = 2 * ReadyMemory.STRETCH_BYTES + 3 * PAGE_BYTES;
        final long mapped = UnsafeApi.allocateMemory(bytes + PAGE_BYTES);
        final long address = mapped + PAGE_BYTES - 1 & -PAGE_BYTES;
        try {
            UnsafeApi.setMemory(address, bytes, (byte) 0);
            new ReadyMemory().map(address, bytes);
            long seen = 0;
            for (long at = 0; at < bytes; at += Long.BYTES) {
                seen |= UnsafeApi.getLong(address + at);
            }
            assertEquals(0, seen);
        } finally {
            UnsafeApi.freeMemory(mapped);
        }
        // what is no memory of this process cannot be mapped
        assertThrows(OutOfMemoryError.class,
            () -> new ReadyMemory().map(PAGE_BYTES, PAGE_BYTES));
    }

    private static long residentBytes() throws IOException {
        final String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * PAGE_BYTES;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMapTheBeginOfARegionAtOnceWhereAskedTo() throws IOException {
        final long bytes = 2 * ReadyMemory.AHEAD_BYTES;
        final long mapped = UnsafeApi.allocateMemory(bytes + PAGE_BYTES);
        final long address = mapped + PAGE_BYTES - 1 & -PAGE_BYTES;
        final long before = residentBytes();
        final Runnable release = new ReadyMemory(bytes).prepare(address, bytes, () -> 0);
        try {
            final long more = residentBytes() - before;
            assertTrue(more > bytes * 9 / 10, more + " of " + bytes);
        } finally {
            release.run();
            UnsafeApi.freeMemory(mapped);
        }
        assertThrows(OutOfMemoryError.class,
            () -> new ReadyMemory(PAGE_BYTES).prepare(PAGE_BYTES, PAGE_BYTES, () -> 0));
    }

    @Test
    void shouldChangeNothingInTheMemoryAndEndWhenTold() {
        final long bytes = ReadyMemory.AHEAD_BYTES + 30 * ReadyMemory.STRETCH_BYTES;
        final long mapped = UnsafeApi.allocateMemory(bytes + PAGE_BYTES);
        final long address = mapped + PAGE_BYTES - 1 & -PAGE_BYTES;
        UnsafeApi.setMemory(address, bytes, (byte) 7);
        final AtomicLong used = new AtomicLong();
        final AtomicLong asked = new AtomicLong();
        final Runnable release = new ReadyMemory().prepare(address, bytes, () -> {
            asked.incrementAndGet();
            return used.get();
        });
        try {
            // more than it takes to walk the first stretch: it goes on looking
            awaitAsked(asked, ReadyMemory.AHEAD_BYTES / ReadyMemory.STRETCH_BYTES + 2);
            used.set(bytes / 2);
            awaitAsked(asked, asked.get() + 10);
            release.run();
            final long after = asked.get();
            for (long at = 0; at < bytes; at += Long.BYTES) {
                assertEquals(0x0707070707070707L, UnsafeApi.getLong(address + at));
            }
            assertEquals(after, asked.get());
        } finally {
            // the second time it only finds that all has ended
            release.run();
            UnsafeApi.freeMemory(mapped);
        }
    }
}
