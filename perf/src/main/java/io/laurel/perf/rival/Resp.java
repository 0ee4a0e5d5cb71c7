package io.laurel.perf.rival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Writes commands of the Redis protocol, gathered and then sent at once. */
final class Resp {
    private static final int BUFFER_BYTES = 256 * 1_024;
    private static final int LONGEST_PART = 64;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] digits = new byte[20];

    Resp(SocketChannel channel) {
        this.channel = channel;
    }

    /** Begins a command of so many parts. */
    Resp command(int parts) throws IOException {
        room(LONGEST_PART);
        out.put((byte) '*');
        decimal(parts);
        return line();
    }

    /** Adds a part. */
    Resp part(byte[] bytes) throws IOException {
        room(bytes.length + LONGEST_PART);
        out.put((byte) '$');
        decimal(bytes.length);
        line();
        out.put(bytes);
        return line();
    }

    /** Adds a part of two pieces: a prefix, and a number with at least so many digits. */
    Resp part(byte[] prefix, long number, int width) throws IOException {
        room(prefix.length + LONGEST_PART);
        final int length = Math.max(width, format(number));
        out.put((byte) '$');
        final int from = digits.length - length;
        // the length would overwrite the digits, and has two at most
        final int bytes = prefix.length + length;
        if (bytes > 9) {
            out.put((byte) ('0' + bytes / 10));
        }
        out.put((byte) ('0' + bytes % 10));
        line();
        out.put(prefix).put(digits, from, length);
        return line();
    }

    /** Adds a number. */
    Resp number(long number) throws IOException {
        return part(NOTHING, number, 1);
    }

    private static final byte[] NOTHING = new byte[0];

    private Resp line() {
        out.put((byte) '\r').put((byte) '\n');
        return this;
    }

    private void decimal(int number) {
        final int length = format(number);
        out.put(digits, digits.length - length, length);
    }

    private int format(long number) {
        long rest = number;
        int at = digits.length;
        java.util.Arrays.fill(digits, (byte) '0');
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return digits.length - at;
    }

    private void room(int bytes) throws IOException {
        if (out.remaining() < bytes) {
            flush();
        }
    }

    /** Sends what is gathered; the channel blocks. */
    void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
