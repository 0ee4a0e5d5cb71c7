package io.laurel.engine.memory;

import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The used prefix of a region as it was at a cut. Nothing changes it any more, so another thread
 * may read it, once it was handed over safely. Memory beside the state until it is closed.
 */
public final class PageImage implements AutoCloseable {
    private final long mapped;
    private final long address;
    private final long usedBytes;
    private Runnable beforeClose = () -> { };
    private boolean closed;

    /**
     * Takes the memory of an image; it is mapped as it is filled, or as somebody prepares it.
     *
     * @throws OutOfMemoryError where there is none
     */
    public PageImage(long usedBytes) {
        this.usedBytes = usedBytes;
        mapped = UnsafeApi.allocateMemory(bytes() + Pages.HUGE_PAGE_BYTES);
        address = mapped + Pages.HUGE_PAGE_BYTES - 1 & -Pages.HUGE_PAGE_BYTES;
    }

    /** Returns the memory of the image: whole pages. */
    public long bytes() {
        final long pages = (usedBytes + Pages.PAGE_BYTES - 1) / Pages.PAGE_BYTES;
        return Math.max(1, pages) * Pages.PAGE_BYTES;
    }

    /** Names what must end before the memory is given back. */
    public void beforeClose(Runnable end) {
        beforeClose = end;
    }

    /** Takes a page over from the region; while the cut is being made. */
    void take(long region, long page) {
        final long at = page * Pages.PAGE_BYTES;
        UnsafeApi.copyMemory(region + at, address + at, Pages.PAGE_BYTES);
    }

    /** Returns where the first byte lies, for advice to the system and what is in this package. */
    public long address() {
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

    /** Gives the memory back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            beforeClose.run();
            UnsafeApi.freeMemory(mapped);
        }
    }
}
