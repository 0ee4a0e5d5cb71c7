package io.laurel.snapshot;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file that is written from its begin to its end, past the cache of the system where that can be:
 * it would only push out what is of use, and hand the disk much at a time while the journal's
 * forces wait behind it. So each write is small and done when the call returns.
 */
final class SnapshotFile implements AutoCloseable {
    /** What a device writes at least; more than a multiple of its blocks is never handed over. */
    private static final int BLOCK_BYTES = 4096;
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
        buffer = ByteBuffer.allocateDirect(BUFFER_BYTES + BLOCK_BYTES).alignedSlice(BLOCK_BYTES)
            .limit(BUFFER_BYTES).slice();
        FileChannel opened = null;
        if (pastTheCache) {
            try {
                opened = open(file, ExtendedOpenOption.DIRECT);
            } catch (UnsupportedOperationException | FileSystemException e) {
                // a file system in memory, or one that knows no such thing
                opened = null;
            }
        }
        direct = opened != null;
        channel = direct ? opened : open(file);
    }

    private static FileChannel open(Path file, OpenOption... more) throws IOException {
        final Set<OpenOption> options = new HashSet<>(List.of(more));
        options.addAll(List.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
        return FileChannel.open(file, options);
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
        while (direct && buffer.position() % BLOCK_BYTES != 0) {
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
