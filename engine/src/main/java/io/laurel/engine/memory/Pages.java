package io.laurel.engine.memory;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.LongFunction;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * One contiguous off-heap region that reads as zero where nothing was written. Memory is taken
 * from the system as pages are first written. A place is an offset in bytes from the begin of the
 * region, named {@code at}; 0 stands for "nothing". Numbers lie in little endian order.
 *
 * <p>Bounds are asserted, not checked: they hold in every run with {@code -ea}.
 */
public final class Pages implements AutoCloseable {
    /** The grain of the region: its base and its capacity are multiples of this. */
    public static final int PAGE_BYTES = 4096;

    /** What the processor reads at a time. */
    static final int LINE_BYTES = 64;

    private static final long FEW_BYTES = 512;
    /** What the system maps as one where it is asked to: the region begins at a multiple. */
    static final int HUGE_PAGE_BYTES = 2 << 20;

    /** Null where somebody else owns the memory. */
    private final Room room;
    private final long base;
    private final long capacity;
    private boolean closed;
    /** Null but for the seconds in which an image is made. */
    private PageCut cut;

    /**
     * Reserves a region.
     *
     * @param capacityBytes at least one page; rounded up to whole pages
     */
    public Pages(long capacityBytes) {
        this(capacityBytes, Room::plain);
    }

    /**
     * Reserves a region.
     *
     * @param capacityBytes at least one page; rounded up to whole pages
     * @param memory where it comes from; gone with the region
     */
    public Pages(long capacityBytes, LongFunction<Room> memory) {
        if (capacityBytes <= 0) {
            throw new IllegalArgumentException("capacity must be positive: " + capacityBytes);
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalStateException("the state layout needs a little endian machine");
        }
        capacity = (capacityBytes + PAGE_BYTES - 1) & -PAGE_BYTES;
        room = memory.apply(capacity);
        base = room.address();
    }

    private Pages(PageImage image) {
        room = null;
        base = image.address();
        capacity = (image.usedBytes() + PAGE_BYTES - 1) & -PAGE_BYTES;
    }

    /**
     * Shows an image as a region, for reading only. The image's owner closes it; what reads it
     * must be done by then.
     */
    public static Pages over(PageImage image) {
        return new Pages(image);
    }

    /** Returns the address of the region, for advice to the system and nothing else. */
    public long address() {
        return base;
    }

    /** Returns the size of the region in bytes. */
    public long capacityBytes() {
        return capacity;
    }

    /**
     * Every write passes here before it happens, so that a snapshot can save what it has not yet
     * copied. It must stay small enough to vanish by inlining.
     */
    private void beforeWrite(long at, long bytes) {
        assert inside(at, bytes);
        if (cut != null) {
            cut.beforeWrite(at, bytes);
        }
    }

    /** Tells itself what is wrong: so its callers stay small enough to vanish by inlining. */
    private boolean inside(long at, long bytes) {
        if (closed || at < 0 || bytes < 0 || at + bytes > capacity) {
            throw new AssertionError(closed ? "the region is closed"
                : bytes + " bytes at " + at + " are outside of " + capacity);
        }
        return true;
    }

    /** Reads one byte. */
    public byte getByte(long at) {
        assert inside(at, Byte.BYTES);
        return UnsafeApi.getByte(base + at);
    }

    /** Reads two bytes. */
    public short getShort(long at) {
        assert inside(at, Short.BYTES);
        return UnsafeApi.getShort(base + at);
    }

    /** Reads four bytes. */
    public int getInt(long at) {
        assert inside(at, Integer.BYTES);
        return UnsafeApi.getInt(base + at);
    }

    /** Reads eight bytes. */
    public long getLong(long at) {
        assert inside(at, Long.BYTES);
        return UnsafeApi.getLong(base + at);
    }

    /** Reads eight bytes that another thread may be writing. */
    long getLongVolatile(long at) {
        assert inside(at, Long.BYTES);
        return UnsafeApi.getLongVolatile(null, base + at);
    }

    /** Reads eight bytes as an IEEE-754 number. */
    public double getDouble(long at) {
        return Double.longBitsToDouble(getLong(at));
    }

    /** Writes one byte. */
    public void putByte(long at, byte value) {
        beforeWrite(at, Byte.BYTES);
        UnsafeApi.putByte(base + at, value);
    }

    /** Writes two bytes. */
    public void putShort(long at, short value) {
        beforeWrite(at, Short.BYTES);
        UnsafeApi.putShort(base + at, value);
    }

    /** Writes four bytes. */
    public void putInt(long at, int value) {
        beforeWrite(at, Integer.BYTES);
        UnsafeApi.putInt(base + at, value);
    }

    /** Writes eight bytes. */
    public void putLong(long at, long value) {
        beforeWrite(at, Long.BYTES);
        UnsafeApi.putLong(base + at, value);
    }

    /** Writes an IEEE-754 number in its raw bits. */
    public void putDouble(long at, double value) {
        putLong(at, Double.doubleToRawLongBits(value));
    }

    /** Copies within the region; the two ranges may overlap. */
    public void copy(long from, long to, long bytes) {
        assert inside(from, bytes);
        beforeWrite(to, bytes);
        UnsafeApi.copyMemory(base + from, base + to, bytes);
    }

    /** Makes a range read as zero. */
    public void zero(long at, long bytes) {
        beforeWrite(at, bytes);
        if (bytes <= FEW_BYTES && bytes % Long.BYTES == 0) {
            // the platform leaves compiled code for what it fills
            for (long i = 0; i < bytes; i += Long.BYTES) {
                UnsafeApi.putLong(base + at + i, 0);
            }
        } else {
            UnsafeApi.setMemory(base + at, bytes, (byte) 0);
        }
    }

    /** Copies a range out into a buffer. */
    public void getBytes(long at, MutableDirectBuffer target, int offset, int length) {
        assert inside(at, length);
        target.boundsCheck(offset, length);
        UnsafeApi.copyMemory(null, base + at, target.byteArray(), target.addressOffset() + offset,
            length);
    }

    /** Copies a range out into an array. */
    public void getBytes(long at, byte[] target, int offset, int length) {
        assert inside(at, length);
        Objects.checkFromIndexSize(offset, length, target.length);
        UnsafeApi.copyMemory(null, base + at, target, BufferUtil.ARRAY_BASE_OFFSET + offset,
            length);
    }

    /** Copies bytes of a buffer in. */
    public void putBytes(long at, DirectBuffer source, int offset, int length) {
        source.boundsCheck(offset, length);
        beforeWrite(at, length);
        UnsafeApi.copyMemory(source.byteArray(), source.addressOffset() + offset, null, base + at,
            length);
    }

    /** Copies bytes of an array in. */
    public void putBytes(long at, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        beforeWrite(at, length);
        UnsafeApi.copyMemory(source, BufferUtil.ARRAY_BASE_OFFSET + offset, null, base + at,
            length);
    }

    /** Copies a whole array in. */
    public void putBytes(long at, byte[] source) {
        putBytes(at, source, 0, source.length);
    }

    /** Compares two ranges as unsigned bytes; where one is a prefix of the other it is less. */
    public int compareBytes(long atA, int lengthA, long atB, int lengthB) {
        int common = Math.min(lengthA, lengthB);
        int i = 0;
        for (; i + Long.BYTES <= common; i += Long.BYTES) {
            long a = getLong(atA + i);
            long b = getLong(atB + i);
            if (a != b) {
                return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
            }
        }
        for (; i < common; i++) {
            int difference = (getByte(atA + i) & 0xFF) - (getByte(atB + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return lengthA - lengthB;
    }

    /** Returns whether a range holds the same bytes as a buffer from an offset on. */
    public boolean equalBytes(long at, int length, DirectBuffer other, int offset) {
        other.boundsCheck(offset, length);
        assert inside(at, length);
        byte[] array = other.byteArray();
        long ours = base + at;
        long theirs = other.addressOffset() + offset;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (UnsafeApi.getLong(ours + i) != UnsafeApi.getLong(array, theirs + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (UnsafeApi.getByte(ours + i) != UnsafeApi.getByte(array, theirs + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Computes the root of the used prefix as {@link PageRoot} describes it.
     *
     * @param target takes 32 bytes
     */
    public void root(byte[] target, long usedBytes) {
        root(target, usedBytes, TaskRunner.IN_TURN);
    }

    /**
     * As the other one.
     *
     * @param runner runs parts of the work, while nothing is written
     */
    public void root(byte[] target, long usedBytes, TaskRunner runner) {
        PageRoot.compute(this, target, usedBytes, runner);
    }

    /**
     * Begins to copy the used prefix, ahead of the cut that its image will show.
     *
     * @param room of the image, this region's until {@link #endCut} or {@link #dropCut}
     * @throws IllegalStateException where another image is being made
     */
    public void beginAhead(PageImage room) {
        if (cut != null) {
            throw new IllegalStateException("an image is being made");
        }
        cut = new PageCut(base, room);
    }

    /**
     * Copies the next pages ahead of the cut.
     *
     * @param maxPages bound of the work
     * @param usedBytes of the prefix as it is now
     * @return whether the cut may come: little is missing, or it does not get less
     */
    public boolean copyAhead(int maxPages, long usedBytes) {
        return cut.copyAhead(maxPages, usedBytes);
    }

    /**
     * This is the cut: begins an image of the used prefix as it is now.
     *
     * @param room for the prefix, this region's until {@link #endCut}; it may have been copied to
     *     ahead
     * @throws IllegalStateException where another image is being made
     */
    public void beginCut(PageImage room, long usedBytes) {
        if (cut != null && (cut.made() || cut.image() != room)) {
            throw new IllegalStateException("an image is being made");
        }
        if (usedBytes > capacity) {
            throw new IllegalArgumentException("used bytes out of the region: " + usedBytes);
        }
        final PageCut begun = cut == null ? new PageCut(base, room) : cut;
        begun.make(usedBytes);
        cut = begun;
    }

    /** Returns whether an image is being made, or was begun ahead of its cut. */
    public boolean cutting() {
        return cut != null;
    }

    /**
     * Copies the next pages into the image, behind the cut.
     *
     * @param maxPages bound of the work
     * @return whether the image is complete
     */
    public boolean copySlice(int maxPages) {
        return cut.copySlice(maxPages);
    }

    /** Gives up what was copied ahead of a cut; the room is the caller's from then on. */
    public PageImage dropCut() {
        if (cut == null || cut.made()) {
            throw new IllegalStateException("nothing was begun ahead of a cut");
        }
        final PageImage room = cut.image();
        cut = null;
        return room;
    }

    /** Hands the image out, which must be complete; it is the caller's from then on. */
    public PageImage endCut() {
        if (cut == null || !cut.complete()) {
            throw new IllegalStateException("no image is complete");
        }
        PageImage image = cut.image();
        cut = null;
        return image;
    }

    /** Gives the memory back; places are void from then on. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (cut != null) {
                cut.image().close();
                cut = null;
            }
            if (room != null) {
                room.close();
            }
        }
    }
}
