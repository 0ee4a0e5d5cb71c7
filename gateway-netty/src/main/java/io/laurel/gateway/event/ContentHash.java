package io.laurel.gateway.event;

import net.openhft.hashing.LongHashFunction;
import org.agrona.DirectBuffer;

/** XXH3 with 64 bits and seed 0 over bytes that lie in a buffer, on the heap or off it. */
public final class ContentHash {
    private static final LongHashFunction XXH3 = LongHashFunction.xx3();

    private ContentHash() {
    }

    /** Returns the hash over {@code length} bytes from {@code offset} on. */
    public static long of(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        return array == null ? XXH3.hashMemory(buffer.addressOffset() + offset, length)
            : XXH3.hashBytes(array, buffer.wrapAdjustment() + offset, length);
    }
}
