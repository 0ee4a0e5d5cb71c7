package io.laurel.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a file from its begin to its end, past the cache of the system where that can be. Nobody
 * reads ahead there, so a thread does: the next part comes while this one is worked on.
 */
final class SnapshotInput extends InputStream {
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel channel;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(task -> {
        final Thread thread = new Thread(task, "laurel-load-ahead");
        thread.setDaemon(true);
        return thread;
    });
    private ByteBuffer buffer = PastCache.buffer(BUFFER_BYTES).limit(0);
    private Future<ByteBuffer> next;

    SnapshotInput(Path file) throws IOException {
        final FileChannel past = PastCache.tryOpen(file, StandardOpenOption.READ);
        channel = past != null ? past : FileChannel.open(file, StandardOpenOption.READ);
        readAhead(PastCache.buffer(BUFFER_BYTES));
    }

    private void readAhead(ByteBuffer spare) {
        next = ahead.submit(() -> {
            spare.clear();
            // behind the end no access would be at a whole block
            if (channel.position() < channel.size()) {
                channel.read(spare);
            }
            return spare.flip();
        });
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        final int some = Math.min(length, buffer.remaining());
        buffer.get(target, offset, some);
        return some;
    }

    /** Returns whether there is a byte. */
    private boolean fill() throws IOException {
        if (!buffer.hasRemaining()) {
            final ByteBuffer spare = buffer;
            buffer = arrived();
            readAhead(spare);
        }
        return buffer.hasRemaining();
    }

    private ByteBuffer arrived() throws IOException {
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a snapshot was read");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause
                : new IOException("a snapshot cannot be read", e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        ahead.shutdownNow();
        channel.close();
    }
}
