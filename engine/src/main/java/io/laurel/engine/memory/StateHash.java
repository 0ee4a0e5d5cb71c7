package io.laurel.engine.memory;

import net.openhft.hashing.Access;
import net.openhft.hashing.LongHashFunction;
import net.openhft.hashing.LongTupleHashFunction;
import org.agrona.DirectBuffer;

/**
 * Hashes of byte strings under the seed of the state (XXH3, 64 and 128 bits). A value depends on
 * the bytes and the seed alone, not on the kind of buffer that holds them.
 */
public final class StateHash {
    private static final Access<Object> ACCESS = Access.unsafe();

    private final LongHashFunction short64;
    private final LongTupleHashFunction long128;
    private final long[] result = new long[2];

    /** Makes the hash functions of one seed. */
    public StateHash(long seed) {
        short64 = LongHashFunction.xx3(seed);
        long128 = LongTupleHashFunction.xx128(seed);
    }

    /** Returns the 64-bit hash of a range. */
    public long hash64(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        return short64.hash(buffer.byteArray(), ACCESS, buffer.addressOffset() + offset, length);
    }

    /** Computes the 128-bit hash of a range; {@link #low()} and {@link #high()} hold it. */
    public void hash128(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        long128.hash(buffer.byteArray(), ACCESS, buffer.addressOffset() + offset, length, result);
    }

    /** Returns the low half of the last 128-bit hash. */
    public long low() {
        return result[0];
    }

    /** Returns the high half of the last 128-bit hash. */
    public long high() {
        return result[1];
    }

    /** Folds a 64-bit hash to the 32 bits that a {@link HashIndex} takes. */
    public static int fold(long hash) {
        return (int) (hash ^ hash >>> Integer.SIZE);
    }
}
