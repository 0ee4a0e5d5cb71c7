package io.laurel.engine.port;

import io.laurel.engine.intake.EventHashes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Some records of a log, one behind the other in memory of its own, and what was computed of them;
 * filled and cleared again and again.
 */
public final class RecordBatch {
    /** Computes beforehand what can be known of a record without the state. */
    @FunctionalInterface
    public interface Preparation {
        /** Leaves all to the engine. */
        Preparation NONE = (batch, index) -> { };

        /** Fills in what is known of the record at an index. */
        void prepare(RecordBatch batch, int index);
    }

    /** What it takes, in bytes, or one larger record. Most of a thousand events. */
    public static final int BYTES = 128 << 10;
    private static final int LIMIT = 1_024;

    private final byte[] usual = new byte[BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(usual);
    private final int[] offsets = new int[LIMIT];
    private final int[] lengths = new int[LIMIT];
    private final EventHashes[] hashes = new EventHashes[LIMIT];
    private int size;
    private int end;

    /** An empty one. */
    public RecordBatch() {
        for (int i = 0; i < LIMIT; i++) {
            hashes[i] = new EventHashes();
        }
    }

    /** Adds a record of which nothing is known; returns false where others leave it no room. */
    public boolean add(DirectBuffer from, int offset, int length) {
        if (size == LIMIT || length > buffer.capacity() - end) {
            if (size > 0) {
                return false;
            }
            buffer.wrap(new byte[length]);
        }
        buffer.putBytes(end, from, offset, length);
        offsets[size] = end;
        lengths[size] = length;
        hashes[size].forget();
        size++;
        end = Math.min(end + LogRecord.aligned(length), buffer.capacity());
        return true;
    }

    /** Returns the number of records. */
    public int size() {
        return size;
    }

    /** Returns what holds the records until the batch is cleared. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the first byte of a record's header, a multiple of 8. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Returns the length of a record's header and body. */
    public int length(int index) {
        return lengths[index];
    }

    /** Returns what is known of a record, to be read or to be filled in. */
    public EventHashes hashes(int index) {
        return hashes[index];
    }

    /** Forgets all records. */
    public void clear() {
        size = 0;
        end = 0;
        if (buffer.capacity() != BYTES) {
            buffer.wrap(usual);
        }
    }
}
