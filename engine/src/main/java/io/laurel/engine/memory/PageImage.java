package io.laurel.engine.memory;

import java.util.Objects;
import java.util.function.LongFunction;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The used prefix of a region as it was at a cut. Before that it is room for one: whoever makes it
 * {@linkplain #map maps} its memory, on a thread that may wait for the system. Once complete,
 * nothing changes it any more, so another thread may read it, if it was handed over safely. Memory
 * beside the state until it is closed.
 */
public final class PageImage implements AutoCloseable {
    private final Room room;
    private final long address;
    /** For the cut, which must not wait for memory either. */
    private final long[] marks;
    private long mappedBytes;
    private long usedBytes;
    private boolean closed;

    /** Takes room for an image of so many bytes; its memory is mapped as it is filled. */
    public PageImage(long usedBytes) {
        this(Math.max(1, usedBytes), Room::plain);
    }

    /**
     * Takes room for an image that is made later.
     *
     * @param wantedBytes of the image, 1 or more
     * @param memory gives room for so many or more; gone with the image
     * @throws OutOfMemoryError where there is none
     */
    public PageImage(long wantedBytes, LongFunction<Room> memory) {
        room = memory.apply(wantedBytes);
        address = room.address();
        try {
            marks = new long[PageCut.words(room.bytes())];
        } catch (OutOfMemoryError e) {
            room.close();
            throw e;
        }
    }

    /** Returns how many bytes an image in this room may have. */
    public long roomBytes() {
        return room.bytes();
    }

    /** Returns how much of the room is mapped. */
    public long mappedBytes() {
        return mappedBytes;
    }

    /**
     * Maps the next bytes of the room, before the cut or beside it: changes nothing in them.
     *
     * @param bytes of the work, rounded up to what is mapped at a time; less is mapped where the
     *     room ends
     * @throws OutOfMemoryError where the system has no memory for it
     */
    public void map(long bytes) {
        final long grain = room.grainBytes();
        final long more = Math.min((bytes + grain - 1) / grain * grain,
            room.bytes() - mappedBytes);
        if (more > 0) {
            room.map(mappedBytes, more);
            mappedBytes += more;
        }
    }

    /** This is the cut: says how many bytes the image has. */
    void cut(long bytes) {
        if (bytes > room.bytes()) {
            throw new IllegalArgumentException(bytes + " bytes in room for " + room.bytes());
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
            room.close();
        }
    }
}
