package io.laurel.engine.rules;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;

/** Writes the primitives of the canonical forms, little-endian, one after another. */
final class CanonicalWriter {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
    private int length;

    void u8(int value) {
        buffer.putByte(length, (byte) value);
        length += Byte.BYTES;
    }

    void u16(int value) {
        buffer.putShort(length, (short) value, ByteOrder.LITTLE_ENDIAN);
        length += Short.BYTES;
    }

    void i32(int value) {
        buffer.putInt(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Integer.BYTES;
    }

    void i64(long value) {
        buffer.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
    }

    void f64(double value) {
        i64(Double.doubleToRawLongBits(value));
    }

    void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    void choice(Enum<?> value) {
        u8(value.ordinal());
    }

    void text(String value) {
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        i32(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
    }

    /** Writes whether something is there; the caller goes on with its contents if so. */
    boolean present(Object value) {
        bool(value != null);
        return value != null;
    }

    void optionalText(String value) {
        if (present(value)) {
            text(value);
        }
    }

    void texts(Collection<String> values) {
        i32(values.size());
        values.forEach(this::text);
    }

    /** Writes a map by ascending key, whatever order it has. */
    <T> void map(Map<String, T> entries, Consumer<T> value) {
        i32(entries.size());
        entries.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            text(entry.getKey());
            value.accept(entry.getValue());
        });
    }

    byte[] toBytes() {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Returns the hash of a canonical form. */
    static byte[] sha256(byte[] canonical) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
