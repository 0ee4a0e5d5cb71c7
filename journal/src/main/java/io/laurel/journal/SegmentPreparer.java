package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Writes the zeros of the next segment ahead of its use, in a thread of its own, and watches the
 * free space. A write into a mapping that the disk has no room for kills the process; a write of
 * zeros ahead of time is an exception that can be waited out. The memory for them is what the
 * system still holds of the segment before the current one.
 */
final class SegmentPreparer implements AutoCloseable {
    /** Name of the file that is all zeros and waits to become a segment. */
    static final String NEXT = "next.zeros";
    private static final String UNFINISHED = "next.zeros.tmp";
    private static final int STEP_BYTES = 1 << 20;
    /**
     * Written in small pieces: the kernel keeps in one piece what is written at once, and then
     * the first touch through a mapping makes all of it dirty, to be written by the next force.
     */
    private static final int PIECE_BYTES = 64 << 10;
    /** Forced and paused after so much: a force of the log waits for what is before it. */
    private static final int PORTION_BYTES = 256 << 10;
    /** In a hurry forced after so much. */
    private static final int HURRIED_PORTION_BYTES = 16 * PORTION_BYTES;
    /** Forgotten of the file before the current one at a time. */
    private static final int FORGOTTEN_BYTES = 4 * PORTION_BYTES;
    private static final long PAUSE_NS = 2_500_000;
    private static final long PERIOD_MS = 100;

    private final Path directory;
    private final long fileBytes;
    private final long lowSpaceBytes;
    private final LongSupplier usableBytes;
    private final Thread thread = new Thread(this::run, "journal-zeros");
    private volatile boolean low;
    private volatile boolean urgent;
    private volatile boolean closed;
    private volatile long filledBytes;
    /** Null before the log has a segment: nobody waits for forces then. */
    private volatile Path current;
    private Path previous;
    private boolean ready;
    private IOException failure;
    /** What ended the thread before its time. */
    private Throwable death;

    SegmentPreparer(JournalConfig config, LongSupplier usableBytes) {
        this.directory = config.directory();
        this.fileBytes = config.fileBytes();
        this.lowSpaceBytes = config.lowSpaceBytes();
        this.usableBytes = usableBytes;
        thread.setDaemon(true);
    }

    /** Begins to work. */
    void start() {
        low = isLow();
        thread.start();
    }

    /** Takes what a run before has left. */
    private boolean takeLast() {
        Path next = directory.resolve(NEXT);
        try {
            Files.deleteIfExists(directory.resolve(UNFINISHED));
            if (Files.exists(next) && !isZeros(next)) {
                Files.delete(next);
            }
            return Files.exists(next);
        } catch (IOException e) {
            // it is written anew, and where that cannot be done either, take() tells
            return false;
        }
    }

    private boolean isZeros(Path file) throws IOException {
        if (Files.size(file) != fileBytes) {
            return false;
        }
        try (SegmentInput input = new SegmentInput()) {
            input.open(file);
            for (long at = 0; at < fileBytes; at += STEP_BYTES) {
                int length = (int) Math.min(STEP_BYTES, fileBytes - at);
                if (!input.load(at, length)) {
                    return false;
                }
                for (int i = 0; i < length; i += Long.BYTES) {
                    if (input.buffer().getLong(input.offset(at) + i) != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Renames the next file to a segment, waiting for it where it is not ready. The directory is
     * left to be forced by the caller.
     *
     * @throws IOException where it cannot be written, for want of space or else, or where the
     *     segment is there already
     */
    synchronized void take(Path segment) throws IOException {
        failure = null;
        urgent = true;
        notifyAll();
        try {
            while (!ready) {
                final Throwable cause = death != null ? death : failure;
                if (cause != null) {
                    throw new IOException("the next segment cannot be prepared", cause);
                }
                if (closed) {
                    throw new IOException("the journal is closed");
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the next segment was prepared", e);
        } finally {
            urgent = false;
        }
        if (Files.exists(segment)) {
            throw new IOException(segment + " exists already: recovery did not see it");
        }
        Files.move(directory.resolve(NEXT), segment, StandardCopyOption.ATOMIC_MOVE);
        ready = false;
        filledBytes = 0;
        previous = current;
        current = segment;
        low = isLow();
        notifyAll();
    }

    /** Says how far the current segment is filled: that sets the pace; journal stage. */
    void filled(long bytes) {
        filledBytes = bytes;
    }

    /** The next file is to be there when the current one is half full. */
    static Pace pace(long writtenBytes, long filledBytes) {
        if (writtenBytes >= 2 * filledBytes) {
            return Pace.EASY;
        }
        return 2 * writtenBytes >= 3 * filledBytes ? Pace.BRISK : Pace.HURRIED;
    }

    /** How zeros are written. */
    enum Pace {
        /** Each portion forced, then a pause. */
        EASY,
        /** Each portion forced. */
        BRISK,
        /** Larger portions forced: the log waits longer, but less than for a missing segment. */
        HURRIED
    }

    /** Returns whether space is short; any thread. */
    boolean isStorageLow() {
        return low;
    }

    private void run() {
        try {
            work();
        } catch (RuntimeException | Error e) {
            // nobody will make the next file: whoever waits for it must hear of it
            synchronized (this) {
                death = e;
                notifyAll();
            }
        }
    }

    private void work() {
        new BackgroundThread().background();
        boolean last = takeLast();
        synchronized (this) {
            ready = last;
            notifyAll();
        }
        while (!closed) {
            boolean needed;
            Path finished;
            synchronized (this) {
                needed = !ready;
                finished = previous;
            }
            IOException problem = null;
            if (needed) {
                problem = tryPrepare(finished);
            }
            synchronized (this) {
                ready = ready || needed && problem == null && !closed;
                failure = problem;
                low = isLow();
                notifyAll();
                pause();
            }
        }
    }

    private void pause() {
        if (!closed && (ready || failure != null)) {
            try {
                wait(PERIOD_MS);
            } catch (InterruptedException e) {
                // nobody else has this thread: an interrupt can only mean the end
                closed = true;
            }
        }
    }

    private IOException tryPrepare(Path finished) {
        try (PageCache cache = new PageCache(finished)) {
            prepare(cache);
            return null;
        } catch (IOException e) {
            try {
                Files.deleteIfExists(directory.resolve(UNFINISHED));
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            return e;
        }
    }

    private void prepare(PageCache finished) throws IOException {
        if (usableBytes.getAsLong() < fileBytes) {
            throw new IOException("no space for a segment of " + fileBytes + " bytes");
        }
        Path unfinished = directory.resolve(UNFINISHED);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
            for (long written = 0; written < fileBytes;) {
                if (closed) {
                    throw new IOException("the journal is closed");
                }
                zeros.clear().limit((int) Math.min(PIECE_BYTES, fileBytes - written));
                written += channel.write(zeros);
                if (written % FORGOTTEN_BYTES == 0) {
                    finished.drop(written - FORGOTTEN_BYTES, FORGOTTEN_BYTES);
                }
                if (!urgent && written % PORTION_BYTES == 0) {
                    portionDone(channel, written);
                }
            }
            channel.force(true);
        }
        Files.move(unfinished, directory.resolve(NEXT), StandardCopyOption.ATOMIC_MOVE);
    }

    private void portionDone(FileChannel channel, long written) throws IOException {
        final Pace pace = current == null ? Pace.HURRIED : pace(written, filledBytes);
        if (pace != Pace.HURRIED || written % HURRIED_PORTION_BYTES == 0) {
            channel.force(false);
        }
        if (pace == Pace.EASY) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private synchronized boolean isLow() {
        long needed = ready ? 0 : fileBytes;
        return usableBytes.getAsLong() - needed < lowSpaceBytes;
    }

    /** Ends the thread; a finished file of zeros stays for the next run. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(directory.resolve(UNFINISHED));
    }
}
