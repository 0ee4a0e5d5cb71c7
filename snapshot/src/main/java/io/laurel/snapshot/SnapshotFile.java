package io.laurel.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written from its begin to its end, past the cache of the system where that can be,
 * which would hand the disk much at a time while the journal's forces wait behind it. So each write
 * is small and done when the call returns.
 */
final class SnapshotFile implements AutoCloseable {
    private static final OpenOption[] OPTIONS = {StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE};
    private static final int BUFFER_BYTES = 256 << 10;
    /** Forced piecemeal where the cache cannot be passed. */
    private static final long FORCE_EVERY_BYTES = 1L << 20;

    private final ByteBuffer buffer;
    private final FileChannel channel;
    private final boolean direct;
    private long flushed;
    private long forced;

    /** Opens a file, emptied where it is there. */
    SnapshotFile(Path file, boolean pastTheCache) throws IOException {
        buffer = PastCache.buffer(BUFFER_BYTES);
        final FileChannel past = pastTheCache ? PastCache.tryOpen(file, OPTIONS) : null;
        direct = past != null;
        channel = direct ? past : FileChannel.open(file, OPTIONS);
    }

    void put(byte[] bytes, int length) throws IOException {
        int at = 0;
        while (at < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            final int some = Math.min(buffer.remaining(), length - at);
            buffer.put(bytes, at, some);
            at += some;
        }
    }

    /** Writes what is left and forces all of it; returns the length of the file. */
    long finish() throws IOException {
        final long length = flushed + buffer.position();
        while (direct && buffer.position() % PastCache.BLOCK_BYTES != 0) {
            buffer.put((byte) 0);
        }
        flush();
        if (flushed > length) {
            channel.truncate(length);
        }
        channel.force(true);
        return length;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            flushed += channel.write(buffer);
        }
        buffer.clear();
        if (!direct && flushed - forced >= FORCE_EVERY_BYTES) {
            channel.force(false);
            forced = flushed;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
