package io.laurel.journal.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Content of a leaf: type u8, version u8, fields. Numbers are big-endian, a text is UTF-8 behind
 * its length u16. A type and version keep their meaning for ever.
 */
final class LeafWriter {
    static final int BLOCK = 1;
    static final int CONTEST = 2;
    static final int ENTRY = 3;
    private static final int MAX_TEXT_BYTES = 0xFFFF;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    LeafWriter(int type, int version) {
        bytes.write(type);
        bytes.write(version);
    }

    LeafWriter number(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    LeafWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
        }
        bytes.write(utf8.length >> Byte.SIZE);
        bytes.write(utf8.length);
        return raw(utf8);
    }

    LeafWriter raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
