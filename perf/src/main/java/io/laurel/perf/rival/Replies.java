package io.laurel.perf.rival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Counts replies on a thread of its own, and keeps what was in the last one. */
final class Replies {
    private static final int BUFFER_BYTES = 256 * 1_024;
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread writer = Thread.currentThread();
    private volatile long count;
    private volatile long wanted = Long.MAX_VALUE;
    private volatile String failure;
    private volatile String last = "";

    Replies(SocketChannel channel) {
        this.channel = channel;
        final Thread reader = new Thread(this::read, "replies");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (channel.read(in) >= 0) {
                in.flip();
                long whole = 0;
                while (reply()) {
                    whole++;
                }
                in.compact();
                if (whole > 0) {
                    count = count + whole;
                }
                if (count >= wanted) {
                    LockSupport.unpark(writer);
                }
            }
            failure = "Redis has closed the connection";
        } catch (IOException e) {
            failure = e.toString();
        }
        LockSupport.unpark(writer);
    }

    /** Passes one reply; returns false where it is not whole yet. */
    private boolean reply() throws IOException {
        int next = in.position();
        int items = 1;
        while (items > 0) {
            final int end = endOfLine(next);
            if (end < 0) {
                return false;
            }
            final byte type = in.get(next);
            int from = next + 1;
            int to = end;
            next = end + 2;
            items--;
            if (type == '-') {
                throw new IOException("Redis says " + text(from, to));
            }
            if (type == '*') {
                items += Integer.parseInt(text(from, to));
            } else if (type == '$') {
                final int length = Integer.parseInt(text(from, to));
                from = next;
                to = next + Math.max(0, length);
                next += length < 0 ? 0 : length + 2;
                if (next > in.limit()) {
                    return false;
                }
            }
            if (next == in.limit()) {
                last = text(from, to);
            }
        }
        in.position(next);
        return true;
    }

    /** Returns where the line that begins there ends, negative where it is not whole. */
    private int endOfLine(int from) {
        int at = from;
        while (at < in.limit() && in.get(at) != '\n') {
            at++;
        }
        return at < in.limit() ? at - 1 : -1;
    }

    private String text(int from, int to) {
        final byte[] bytes = new byte[Math.max(0, to - from)];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns how many replies have come. */
    long count() {
        return count;
    }

    /** Returns the last reply of all. */
    String last() {
        return last;
    }

    /** Waits until so many replies have come. */
    void await(long replies) throws IOException {
        wanted = replies;
        while (count < replies) {
            if (failure != null) {
                throw new IOException(failure);
            }
            LockSupport.parkNanos(WAIT_NS);
        }
        wanted = Long.MAX_VALUE;
    }
}
