package io.laurel.gateway.event;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * A short string of an event, kept as bytes of its own. A longer one than any limit allows keeps
 * its length only, which is enough to refuse it.
 */
public final class EventText {
    /** Most bytes that are kept. */
    public static final int CAPACITY = 64;

    private static final int ABSENT = -1;

    private final byte[] bytes = new byte[CAPACITY];
    private int length = ABSENT;

    /** Makes it absent. */
    public void clear() {
        length = ABSENT;
    }

    /** Takes bytes. */
    public void set(byte[] from, int offset, int lengthBytes) {
        length = lengthBytes;
        System.arraycopy(from, offset, bytes, 0, Math.min(lengthBytes, CAPACITY));
    }

    /** Takes bytes. */
    public void set(DirectBuffer from, int offset, int lengthBytes) {
        length = lengthBytes;
        from.getBytes(offset, bytes, 0, Math.min(lengthBytes, CAPACITY));
    }

    /** Takes text as UTF-8; allocates, so it is not for the hot path. */
    public void set(String text) {
        final byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        set(encoded, 0, encoded.length);
    }

    /** Returns whether it was given; an empty one was. */
    public boolean isPresent() {
        return length != ABSENT;
    }

    /** Returns its length in bytes, -1 where it is absent. */
    public int length() {
        return length;
    }

    /** Returns the array that holds it from index 0 on. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns one byte of it, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    @Override
    public String toString() {
        return isPresent()
            ? new String(bytes, 0, Math.min(length, CAPACITY), StandardCharsets.UTF_8) : "";
    }
}
