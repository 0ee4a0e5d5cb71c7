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
    /** Up to these, a loop copies faster than a call. */
    private static final int FEW_BYTES = 128;
    /** At once, some hundredths of a millisecond. */
    private static final int CLEAR_BYTES = 64 << 10;

    private final Room room;
    /** The marks of the cut lie at the begin of the room, in pages as large as its others. */
    private final long markBytes;
    private final long address;
    private volatile long mappedBytes;
    private long usedBytes;
    private volatile boolean cut;
    private boolean closed;

    /** Takes room for an image of so many bytes, for whoever need not wait for it mapped. */
    public PageImage(long usedBytes) {
        this(Math.max(1, usedBytes), Room::plain);
        mappedBytes = room.bytes();
    }

    /**
     * Takes room for an image that is made later.
     *
     * @param wantedBytes of the image, 1 or more
     * @param memory gives room for so many or more; gone with the image
     * @throws OutOfMemoryError where there is none
     */
    public PageImage(long wantedBytes, LongFunction<Room> memory) {
        // the marks of the marks, and of what the room has beyond what is asked for
        room = memory.apply(wantedBytes + 2 * PageCut.markBytes(wantedBytes));
        markBytes = PageCut.markBytes(room.bytes());
        address = room.address() + markBytes;
        try {
            room.map(0, grains(markBytes));
        } catch (OutOfMemoryError e) {
            room.close();
            throw e;
        }
        clearMarks();
        mappedBytes = grains(markBytes);
    }

    /** The room may have held another image. */
    private void clearMarks() {
        for (long at = 0; at < markBytes; at += CLEAR_BYTES) {
            UnsafeApi.setMemory(room.address() + at, Math.min(CLEAR_BYTES, markBytes - at),
                (byte) 0);
            // whoever serves a round may have been woken meanwhile
            Thread.yield();
        }
    }

    private long grains(long bytes) {
        final long grain = room.grainBytes();
        return Math.min((bytes + grain - 1) / grain * grain, room.bytes());
    }

    /** Returns how many bytes an image in this room may have. */
    public long roomBytes() {
        return room.bytes() - markBytes;
    }

    /** Returns how much of that is mapped; any thread. */
    public long mappedBytes() {
        return mappedBytes - markBytes;
    }

    /**
     * Maps the next bytes of the room, before the cut, also while it is copied to: changes nothing
     * in it.
     *
     * @param bytes of the work, rounded up to what is mapped at a time; less is mapped where the
     *     room ends
     * @throws OutOfMemoryError where the system has no memory for it
     */
    public void map(long bytes) {
        final long more = Math.min(grains(bytes), room.bytes() - mappedBytes);
        if (more > 0) {
            room.map(mappedBytes, more);
            mappedBytes += more;
        }
    }

    /** This is the cut: says how many bytes the image has. */
    void cut(long bytes) {
        if (bytes > roomBytes()) {
            throw new IllegalArgumentException(bytes + " bytes in room for " + roomBytes());
        }
        usedBytes = bytes;
        cut = true;
    }

    /** Returns whether the cut was made; any thread. */
    public boolean isCut() {
        return cut;
    }

    /** Returns the address of the marks of a cut, all zero when it begins. */
    long marks() {
        return room.address();
    }

    /** Takes whole words over from the region; until the image is complete. */
    void take(long region, long at, long bytes) {
        if (bytes > FEW_BYTES) {
            UnsafeApi.copyMemory(region + at, address + at, bytes);
            return;
        }
        // the platform leaves compiled code for what it copies
        for (long i = at; i < at + bytes; i += Long.BYTES) {
            UnsafeApi.putLong(address + i, UnsafeApi.getLong(region + i));
        }
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
