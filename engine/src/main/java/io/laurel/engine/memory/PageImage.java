package io.laurel.engine.memory;

import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The used prefix of a region as it was at a cut. Before that it is room for one: whoever makes it
 * {@linkplain #map maps} its memory, on a thread that may wait for the system. Once complete,
 * nothing changes it any more, so another thread may read it, if it was handed over safely. Memory
 * beside the state until it is closed.
 */
public final class PageImage implements AutoCloseable {
    /** Has the system give memory out, so that nobody waits for that later. */
    @FunctionalInterface
    public interface Mapping {
        /** Writes to each page. */
        Mapping TOUCH = (address, bytes) -> {
            for (long at = 0; at < bytes; at += Pages.PAGE_BYTES) {
                UnsafeApi.putByte(address + at, (byte) 0);
            }
        };

        /**
         * Maps whole pages that hold nothing yet.
         *
         * @throws OutOfMemoryError where the system has no memory for them
         */
        void map(long address, long bytes);
    }

    private final long reserved;
    private final long address;
    private final long roomBytes;
    private final Mapping mapping;
    /** For the cut, which must not wait for memory either. */
    private final long[] marks;
    private long mappedBytes;
    private long usedBytes;
    private boolean closed;

    /** Takes room for an image of so many bytes; its memory is mapped as it is filled. */
    public PageImage(long usedBytes) {
        this(usedBytes, Mapping.TOUCH);
    }

    /**
     * Reserves room for an image that is made later.
     *
     * @param mostBytes of the image; what is not mapped of it costs nothing
     * @param mapping how its memory is mapped
     * @throws OutOfMemoryError where there is none
     */
    public PageImage(long mostBytes, Mapping mapping) {
        this.mapping = mapping;
        roomBytes = wholePages(mostBytes);
        marks = new long[PageCut.words(roomBytes)];
        reserved = UnsafeApi.allocateMemory(roomBytes + Pages.HUGE_PAGE_BYTES);
        address = reserved + Pages.HUGE_PAGE_BYTES - 1 & -Pages.HUGE_PAGE_BYTES;
    }

    private static long wholePages(long bytes) {
        return Math.max(1, (bytes + Pages.PAGE_BYTES - 1) / Pages.PAGE_BYTES) * Pages.PAGE_BYTES;
    }

    /** Returns how many bytes an image in this room may have. */
    public long roomBytes() {
        return roomBytes;
    }

    /** Returns how much of the room is mapped. */
    public long mappedBytes() {
        return mappedBytes;
    }

    /**
     * Maps the next bytes of the room, before the cut or beside it: changes nothing in them.
     *
     * @param bytes bound of the work; less is mapped where the room ends
     * @throws OutOfMemoryError where the system has no memory for it
     */
    public void map(long bytes) {
        final long more = Math.min(wholePages(bytes), roomBytes - mappedBytes);
        if (more > 0) {
            mapping.map(address + mappedBytes, more);
            mappedBytes += more;
        }
    }

    /** This is the cut: says how many bytes the image has. */
    void cut(long bytes) {
        if (bytes > roomBytes) {
            throw new IllegalArgumentException(bytes + " bytes in room for " + roomBytes);
        }
        usedBytes = bytes;
    }

    long[] marks() {
        return marks;
    }

    /** Takes bytes over from the region; while the cut is being made. */
    void take(long region, long at, long bytes) {
        UnsafeApi.copyMemory(region + at, address + at, bytes);
    }

    /** Returns where the first byte lies. */
    long address() {
        return address;
    }

    /** Returns the length of the prefix in bytes. */
    public long usedBytes() {
        return usedBytes;
    }

    /** Copies a range out into an array. */
    public void getBytes(long at, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        Objects.checkFromIndexSize(at, length, usedBytes);
        if (closed) {
            throw new IllegalStateException("the image is closed");
        }
        UnsafeApi.copyMemory(null, address + at, target, BufferUtil.ARRAY_BASE_OFFSET + offset,
            length);
    }

    /** Gives the memory back, which takes the system a while. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            UnsafeApi.freeMemory(reserved);
        }
    }
}
