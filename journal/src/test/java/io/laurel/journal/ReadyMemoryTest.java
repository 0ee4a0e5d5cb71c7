package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.Room;
import io.laurel.engine.port.MemoryAdvice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        final long used = 2 * ReadyMemory.STRETCH_BYTES + 3 * PAGE_BYTES;
        try (Room room = new ReadyMemory().image(used)) {
            assertTrue(room.bytes() >= 2 * used, "it may grow");
            room.map(0, PAGE_BYTES);
            room.map(PAGE_BYTES, used - PAGE_BYTES);
            assertZero(room, used);
        }
        // what is no memory of this process cannot be mapped
        assertThrows(OutOfMemoryError.class,
            () -> ReadyMemory.populateAll(PAGE_BYTES, PAGE_BYTES, PAGE_BYTES));
    }

    private static void assertZero(Room room, long bytes) {
        long seen = 0;
        for (long at = 0; at < bytes; at += Long.BYTES) {
            seen |= UnsafeApi.getLong(room.address() + at);
        }
        assertEquals(0, seen);
    }

    /** On a system that has no such pages, this is the way of one that has too few. */
    @Test
    void shouldTakeReservedPagesOrSayThatThereAreNone() {
        final List<Long> denied = new ArrayList<>();
        final MemoryAdvice memory = new ReadyMemory().reserved(denied::add);
        final long bytes = 2 * ReservedRoom.PAGE_BYTES + PAGE_BYTES;
        try (Room room = memory.region(bytes)) {
            assertEquals(room instanceof ReservedRoom ? List.of() : List.of(bytes), denied);
            assertUsable(room, bytes);
        }
        denied.clear();
        try (Room room = memory.image(bytes)) {
            assertEquals(room instanceof ReservedRoom ? List.of()
                : List.of(MemoryAdvice.imageBytes(bytes)), denied);
            assertTrue(room.bytes() > bytes, "it may grow");
            assertUsable(room, bytes);
        }
        // more than any machine has
        assertNull(ReservedRoom.take(1L << 46));
    }

    @Test
    void shouldKeepTheMemoryOfAnImageForTheNextWhereAskedTo() {
        final long bytes = 3 * PAGE_BYTES;
        final MemoryAdvice memory = new ReadyMemory().keepingImages();
        final Room first = memory.image(bytes);
        final long address = first.address();
        UnsafeApi.putLong(address, -1);
        first.close();
        // a third more, and by half of that it may still grow
        final Room second = memory.image(bytes + PAGE_BYTES);
        assertEquals(address, second.address());
        assertEquals(-1, UnsafeApi.getLong(address), "it is the same memory");
        // beside it there is another one, which is gone when it is closed while this one waits
        final Room beside = memory.image(bytes);
        assertNotEquals(address, beside.address());
        second.close();
        beside.close();
        try (Room third = memory.image(bytes)) {
            assertEquals(address, third.address());
        }
        // what needs more takes its place
        final Room larger = memory.image(first.bytes());
        assertTrue(larger.bytes() > 2 * first.bytes());
        larger.close();
        try (Room again = memory.image(bytes)) {
            assertEquals(larger.bytes(), again.bytes());
        }
    }

    private static void assertUsable(Room room, long bytes) {
        assertEquals(0, room.address() % ReservedRoom.PAGE_BYTES);
        assertTrue(room.bytes() >= bytes);
        room.map(0, 2 * room.grainBytes());
        assertZero(room, bytes);
        final long last = room.address() + bytes - Long.BYTES;
        UnsafeApi.putLong(last, -1);
        assertEquals(-1, UnsafeApi.getLong(last));
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
    @EnabledOnOs(OS.LINUX)
    void shouldMapMemoryForTheFirstImageWhereAskedTo() throws IOException {
        final long bytes = 32 * ReadyMemory.STRETCH_BYTES + PAGE_BYTES;
        final ReadyMemory memory = new ReadyMemory().keepingImages();
        final long before = residentBytes();
        memory.mapImage(bytes);
        final long more = residentBytes() - before;
        assertTrue(more > bytes * 9 / 10, more + " of " + bytes);
        try (Room room = memory.image(bytes)) {
            assertTrue(room.bytes() >= 2 * bytes);
            room.map(0, 32 * ReadyMemory.STRETCH_BYTES);
            final long mapped = residentBytes() - before;
            assertTrue(mapped < bytes * 3 / 2, "it is the same memory, not " + mapped);
        }
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
