package io.laurel.snapshot;

import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.port.SnapshotSink;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.port.ThreadAdvice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Writes images on a thread of its own, one at a time and at an even pace, so that it takes disk
 * and processor away from nobody. A snapshot that cannot be written is told of and forgotten.
 */
public final class SnapshotWriter implements SnapshotSink, AutoCloseable {
    /** Bytes of state written in a second unless stated: a twentieth of a core or so. */
    public static final long BYTES_PER_SECOND = 8L << 20;

    /** A large state is written faster, so that it is done before the next one is due. */
    private static final int LONGEST_SECONDS = 240;
    private static final long LOOK_NS = 500_000;
    private static final long CLOSE_MS = 10_000;
    private static final int REST = 2;

    private final SnapshotDirectory directory;
    private final int keep;
    private final long bytesPerSecond;
    private final SnapshotListener listener;
    private final ImageRoom room;
    private final Beside beside;
    private final SnapshotFileWriter files = new SnapshotFileWriter();
    private final Thread thread = new Thread(this::run, "laurel-snapshot");
    private volatile Work work;
    private volatile Snapshot last;
    private volatile boolean hurried;
    private volatile boolean closed;

    private record Work(StateImage image, LongSupplier durableSequence) {
    }

    /**
     * What it takes to write images beside an engine that notices nothing of it.
     *
     * @param stateBytes how much of the state is used, for any thread
     * @param memory maps the memory of images
     * @param thread of the writer
     */
    public record Beside(LongSupplier stateBytes, MemoryAdvice memory, ThreadAdvice thread) {
        /** Where images come in memory of their own, and nobody else is in a hurry. */
        public static final Beside NOBODY =
            new Beside(() -> 0, MemoryAdvice.NONE, ThreadAdvice.NONE);
    }

    /** For images in memory of their own. */
    public SnapshotWriter(SnapshotDirectory directory, int keep, Snapshot last,
        long bytesPerSecond, SnapshotListener listener) {
        this(directory, keep, last, bytesPerSecond, listener,
            Beside.NOBODY);
    }

    /**
     * Begins to wait for images.
     *
     * @param directory this writer's alone from now on
     * @param keep how many good snapshots stay
     * @param last the one that the engine was opened from, null where there is none
     * @param bytesPerSecond pace, in bytes of state
     * @param listener is told what becomes of images
     * @param beside who else there is
     */
    public SnapshotWriter(SnapshotDirectory directory, int keep, Snapshot last,
        long bytesPerSecond, SnapshotListener listener, Beside beside) {
        if (keep < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("keep " + keep + " at " + bytesPerSecond);
        }
        this.directory = directory;
        this.keep = keep;
        this.last = last;
        this.bytesPerSecond = bytesPerSecond;
        this.listener = listener;
        this.beside = beside;
        room = new ImageRoom(beside.stateBytes(), beside.memory(), ImageRoom.LIMIT_NS);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns whether no image is prepared, made or written; any thread. */
    public boolean ready() {
        return work == null && room.isFree() && !closed;
    }

    /**
     * Has the memory of the next image mapped, so that the engine need not wait for it, and copied
     * to ahead; any thread. Only when this is done may a cut be logged: without room, no image is
     * made there. Fails where there is no memory, or an image is under way; the listener hears why.
     */
    public CompletableFuture<Void> prepare() {
        if (work != null || closed) {
            return CompletableFuture.failedFuture(
                new IllegalStateException("an image is being written, or nothing any more"));
        }
        final CompletableFuture<Void> mapped = room.ask();
        LockSupport.unpark(thread);
        return mapped;
    }

    @Override
    public PageImage room(long usedBytes) {
        return room.claim(usedBytes);
    }

    @Override
    public PageImage roomAhead(long usedBytes) {
        return room.claim(usedBytes);
    }

    @Override
    public void settled() {
        room.settled();
    }

    @Override
    public void giveBack(PageImage outgrown) {
        room.giveBack();
    }

    @Override
    public void take(StateImage image, LongSupplier durableSequence) {
        if (work != null || closed) {
            image.close();
            throw new IllegalStateException("an image is being written");
        }
        work = new Work(image, durableSequence);
        LockSupport.unpark(thread);
    }

    /** Keeps no pace any more: the node is about to end. Any thread. */
    public void hurry() {
        hurried = true;
        LockSupport.unpark(thread);
    }

    /** Returns the newest snapshot that counts, null where there is none; any thread. */
    public Snapshot last() {
        return last;
    }

    /** Returns the memory beside the state, of the image that is under way; any thread. */
    public long imageBytes() {
        final Work now = work;
        return Math.max(room.bytes(), now == null ? 0 : now.image().facts().usedBytes());
    }

    /**
     * Waits until nothing is prepared, made or written; returns whether that was in time. Any
     * thread.
     */
    public boolean awaitIdle(long timeoutNs) {
        final long deadline = System.nanoTime() + timeoutNs;
        while (work != null || !room.isFree()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    private void run() {
        beside.thread().background();
        while (!closed) {
            if (work != null) {
                write(work);
                work = null;
                room.back();
            } else if (room.isWanted()) {
                makeRoom();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void makeRoom() {
        final Throwable cause = room.make(() -> closed, () -> hurried);
        if (cause != null && !closed) {
            listener.onNoRoom(cause);
        }
    }

    private void write(Work now) {
        final long startNs = System.nanoTime();
        final long sequence = now.image().facts().sequence();
        final Path temporary = directory.temporary(sequence);
        try {
            final Snapshot written;
            try (StateImage image = now.image()) {
                written = files.write(temporary, image, last,
                    new Paced(startNs, image.facts().usedBytes()));
            }
            awaitDurable(now.durableSequence(), sequence);
            final Path file = directory.publish(sequence);
            last = new Snapshot(file, written.facts(), written.root(), written.contests(),
                written.manifestHash(), written.before(), written.fileBytes());
            listener.onWritten(last, System.nanoTime() - startNs);
            final long oldest = directory.prune(keep);
            if (oldest > 0) {
                listener.onKept(last, oldest);
            }
        } catch (IOException | RuntimeException | Error e) {
            remove(temporary, e);
            listener.onFailed(sequence, e);
        }
    }

    private static void remove(Path temporary, Throwable cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // the next start removes it
            cause.addSuppressed(e);
        }
    }

    /** An even pace by bytes; where nothing is written, twice as much rest as work. */
    private final class Paced implements SnapshotFileWriter.Pace {
        private final long startNs;
        private final double pace;
        private long breathNs;

        private Paced(long startNs, long bytes) {
            this.startNs = startNs;
            pace = Math.max(bytesPerSecond, (double) bytes / LONGEST_SECONDS);
        }

        @Override
        public void await(long bytesDone) throws IOException {
            final double dueNs =
                bytesDone / pace * TimeUnit.SECONDS.toNanos(1);
            rest(startNs + (long) dueNs);
            breathNs = System.nanoTime();
            if (closed) {
                throw new IOException("the node has ended");
            }
        }

        @Override
        public void breathe() {
            final long nowNs = System.nanoTime();
            rest(nowNs + REST * (nowNs - breathNs));
            breathNs = System.nanoTime();
        }

        private void rest(long untilNs) {
            long leftNs = untilNs - System.nanoTime();
            while (leftNs > LOOK_NS && !hurried && !closed) {
                LockSupport.parkNanos(this, leftNs);
                leftNs = untilNs - System.nanoTime();
            }
        }
    }

    /** A state that the log does not yet hold could be one that never was. */
    private void awaitDurable(LongSupplier durableSequence, long sequence) throws IOException {
        while (durableSequence.getAsLong() < sequence) {
            if (closed) {
                throw new IOException("the node has ended before sequence " + sequence
                    + " was durable");
            }
            LockSupport.parkNanos(this, LOOK_NS);
        }
    }

    /** Gives up what is being written and ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("the snapshot writer does not end");
        }
        final Work left = work;
        if (left != null) {
            left.image().close();
        }
    }
}
