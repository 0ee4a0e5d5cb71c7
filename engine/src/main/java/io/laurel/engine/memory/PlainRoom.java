package io.laurel.engine.memory;

import org.agrona.UnsafeApi;

/** Room from the C library. */
final class PlainRoom implements Room {
    /** Above this no C library serves memory from its recycled heap; it maps fresh zero pages. */
    private static final long ALWAYS_FRESH_BYTES = 40L << 20;
    private static final long PROBE_BYTES = 1L << 20;

    private final long allocated;
    private final long address;
    private final long bytes;

    PlainRoom(long wantedBytes) {
        bytes = (wantedBytes + Pages.PAGE_BYTES - 1) & -Pages.PAGE_BYTES;
        final boolean small = bytes < PROBE_BYTES;
        final int alignment = small ? Pages.PAGE_BYTES : Pages.HUGE_PAGE_BYTES;
        allocated = UnsafeApi.allocateMemory(
            (small ? bytes : Math.max(bytes, ALWAYS_FRESH_BYTES)) + alignment);
        address = (allocated + alignment - 1) & -alignment;
        if (small || !beginsWithZeros()) {
            UnsafeApi.setMemory(address, bytes, (byte) 0);
        }
    }

    /** An allocator that recycles or paints its memory shows it at the begin. */
    private boolean beginsWithZeros() {
        long seen = 0;
        for (long at = 0; at < PROBE_BYTES; at += Long.BYTES) {
            seen |= UnsafeApi.getLong(address + at);
        }
        return seen == 0;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        UnsafeApi.freeMemory(allocated);
    }
}
