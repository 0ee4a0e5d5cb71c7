package io.laurel.snapshot;

import io.laurel.engine.memory.PageRoot;
import io.laurel.engine.port.SnapshotSource.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the chunks of a file one behind the other, and checks, unpacks, hashes and hands them over
 * on several threads at once. Where some are damaged, the first of them is what is told.
 */
final class ChunkCrew {
    private static final int MOST_THREADS = 4;
    /** Fewer are not worth a thread. */
    private static final int FEW_CHUNKS = 16;

    private final InputStream in;
    private final long usedBytes;
    private final int count;
    private final Target target;
    private final byte[] hashes;
    private int next;
    private int failedAt = Integer.MAX_VALUE;
    private Throwable failure;

    /**
     * Begins at the first chunk.
     *
     * @param in stands there
     * @param target takes them, from several threads
     */
    ChunkCrew(InputStream in, long usedBytes, Target target) {
        this.in = in;
        this.usedBytes = usedBytes;
        this.target = target;
        count = SnapshotHeader.chunks(usedBytes);
        hashes = new byte[count * SnapshotHeader.HASH_BYTES];
    }

    /** Works all of them off; returns their hashes. */
    byte[] run() throws IOException {
        // one more than there are cores: one of them waits for the disk
        final int threads = count < FEW_CHUNKS ? 1
            : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() + 1);
        final List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            final Thread helper = new Thread(this::work, "laurel-load-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        work();
        helpers.forEach(ChunkCrew::join);
        rethrow();
        return hashes;
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                // it writes into memory that the caller gives back
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void work() {
        final Chunk chunk = new Chunk();
        final PageRoot.Parts parts = new PageRoot.Parts();
        final byte[] plain = new byte[PageRoot.CHUNK_BYTES];
        int index = read(chunk);
        while (index >= 0) {
            try {
                final long at = (long) index * plain.length;
                final int length = (int) Math.min(plain.length, usedBytes - at);
                chunk.unpack(index, plain, length);
                parts.hash(plain, length, hashes, index * SnapshotHeader.HASH_BYTES);
                target.put(at, plain, 0, length);
            } catch (IOException | RuntimeException | Error e) {
                fail(index, e);
            }
            index = read(chunk);
        }
    }

    /** Reads the next chunk; returns its number, less than 0 where there is none to be read. */
    private synchronized int read(Chunk chunk) {
        if (next == count || failure != null) {
            return -1;
        }
        try {
            SnapshotFileSource.readFully(in, chunk.stored(), 0, Chunk.HEAD_BYTES);
            SnapshotFileSource.readFully(in, chunk.stored(), Chunk.HEAD_BYTES,
                chunk.storedBytes(next));
        } catch (IOException | RuntimeException | Error e) {
            fail(next, e);
            return -1;
        }
        return next++;
    }

    private synchronized void fail(int index, Throwable cause) {
        if (index < failedAt) {
            failedAt = index;
            failure = cause;
        }
    }
}
