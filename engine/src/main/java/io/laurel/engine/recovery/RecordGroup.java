package io.laurel.engine.recovery;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The next few records of a log, copied out of the reader's hands; filled again and again. */
final class RecordGroup {
    private static final int LIMIT = 64;
    private static final int BYTES = 32 * 1024;
    private static final int ALIGNMENT = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BYTES]);
    private final int[] offsets = new int[LIMIT];
    private final int[] lengths = new int[LIMIT];
    private int size;
    private int end;

    /** Adds a record; returns false where there is no room for it. */
    boolean add(DirectBuffer from, int offset, int length) {
        if (size == LIMIT || length > BYTES - end) {
            return false;
        }
        buffer.putBytes(end, from, offset, length);
        offsets[size] = end;
        lengths[size] = length;
        size++;
        end += length + ALIGNMENT - 1 & -ALIGNMENT;
        return true;
    }

    int size() {
        return size;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }

    void clear() {
        size = 0;
        end = 0;
    }
}
