package io.laurel.engine.rules;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Reads the primitives of the canonical forms. Takes nothing on trust: a length that goes past the
 * end, bytes that are not UTF-8, a number outside its range, or a map out of order end in an
 * IllegalArgumentException that names the byte.
 */
final class CanonicalReader {
    private final byte[] bytes;
    private final ByteBuffer buffer;

    CanonicalReader(DirectBuffer source, int offset, int length) {
        if (offset < 0 || length < 0 || length > source.capacity() - offset) {
            throw new IllegalArgumentException("canonical form of " + length + " bytes at " + offset
                + " outside a buffer of " + source.capacity());
        }
        bytes = new byte[length];
        source.getBytes(offset, bytes);
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    IllegalArgumentException error(String message) {
        return new IllegalArgumentException("canonical form: " + message + " before byte "
            + buffer.position());
    }

    int u8() {
        need(Byte.BYTES);
        return buffer.get() & 0xff;
    }

    int u16() {
        need(Short.BYTES);
        return buffer.getShort() & 0xffff;
    }

    int i32() {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    int i32(int least, int most) {
        final int value = i32();
        if (value < least || value > most) {
            throw error("number " + value + " outside " + least + " to " + most);
        }
        return value;
    }

    long i64() {
        need(Long.BYTES);
        return buffer.getLong();
    }

    long i64(long least, long most) {
        final long value = i64();
        if (value < least || value > most) {
            throw error("number " + value + " outside " + least + " to " + most);
        }
        return value;
    }

    double f64() {
        final double value = Double.longBitsToDouble(i64());
        if (!Double.isFinite(value)) {
            throw error("number " + value + " is not finite");
        }
        return value;
    }

    boolean bool() {
        final int value = u8();
        if (value > 1) {
            throw error("truth value " + value);
        }
        return value == 1;
    }

    <E> E choice(E[] values) {
        final int index = u8();
        if (index >= values.length) {
            throw error("choice " + index + " of " + values.length);
        }
        return values[index];
    }

    String text() {
        final int length = i32(0, buffer.remaining());
        need(length);
        final ByteBuffer part = ByteBuffer.wrap(bytes, buffer.position(), length);
        buffer.position(buffer.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (final CharacterCodingException malformed) {
            throw error("text that is not UTF-8");
        }
    }

    String optionalText() {
        return bool() ? text() : null;
    }

    /** Reads a list; each item takes a byte at least, which bounds what a hostile count costs. */
    <T> List<T> list(Supplier<T> item) {
        final int count = i32(0, buffer.remaining());
        final List<T> items = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            items.add(item.get());
        }
        return Collections.unmodifiableList(items);
    }

    List<String> texts() {
        return list(this::text);
    }

    /** Reads a map whose keys must ascend. */
    <T> Map<String, T> map(Function<CanonicalReader, T> value) {
        final int count = i32(0, buffer.remaining());
        final TreeMap<String, T> entries = new TreeMap<>();
        for (int index = 0; index < count; index++) {
            final String key = text();
            if (!entries.isEmpty() && entries.lastKey().compareTo(key) >= 0) {
                throw error("key '" + key + "' out of order");
            }
            entries.put(key, value.apply(this));
        }
        return Collections.unmodifiableMap(entries);
    }

    void version(int known) {
        final int version = u16();
        if (version != known) {
            throw error("version " + version + " is not " + known);
        }
    }

    void end() {
        if (buffer.hasRemaining()) {
            throw error(buffer.remaining() + " bytes too many");
        }
    }

    private void need(int count) {
        if (buffer.remaining() < count) {
            throw error(count + " bytes expected, " + buffer.remaining() + " left");
        }
    }
}
