package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window over one file at a time, filled by plain reads: a file that shrinks or a disk that
 * fails gives an exception here, where a mapping would bring the process down.
 */
final class SegmentInput implements AutoCloseable {
    private static final int WINDOW_BYTES = 256 << 10;

    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private ByteBuffer bytes;
    private Path file;
    private FileChannel channel;
    private long windowPosition;
    private int windowBytes;

    private void resize(int capacity) {
        if (bytes != null) {
            BufferUtil.free(bytes);
        }
        bytes = ByteBuffer.allocateDirect(capacity);
        buffer.wrap(bytes);
    }

    /** Turns to another file. */
    void open(Path next) throws IOException {
        closeChannel();
        file = next;
        if (bytes == null) {
            resize(WINDOW_BYTES);
        }
        channel = FileChannel.open(file, StandardOpenOption.READ);
        forget();
    }

    /** Forgets what was read: a running node may have written since. */
    void forget() {
        windowPosition = 0;
        windowBytes = 0;
    }

    long fileBytes() throws IOException {
        return channel.size();
    }

    /**
     * Brings a range into the window.
     *
     * @return false where the file ends before the range does
     */
    boolean load(long position, int lengthBytes) throws IOException {
        if (position >= windowPosition
            && position + lengthBytes <= windowPosition + windowBytes) {
            return true;
        }
        if (lengthBytes > bytes.capacity()) {
            resize(Math.max(lengthBytes, 2 * bytes.capacity()));
        }
        windowPosition = position;
        windowBytes = 0;
        bytes.clear();
        while (bytes.hasRemaining()) {
            int count = read();
            if (count < 0) {
                break;
            }
            windowBytes += count;
        }
        bytes.clear();
        return windowBytes >= lengthBytes;
    }

    private int read() throws IOException {
        try {
            return channel.read(bytes, windowPosition + windowBytes);
        } catch (IOException e) {
            throw FileFailure.ofReading(file, windowPosition + windowBytes, e);
        }
    }

    /** Returns how many bytes of the window follow a position that is in it. */
    int loadedFrom(long position) {
        return (int) (windowPosition + windowBytes - position);
    }

    /** Returns where a position of the file is in {@link #buffer()}. */
    int offset(long position) {
        return (int) (position - windowPosition);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Returns the same memory as {@link #buffer()}, for checksums. */
    ByteBuffer bytes() {
        return bytes;
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeChannel();
        if (bytes != null) {
            BufferUtil.free(bytes);
            bytes = null;
        }
    }
}
