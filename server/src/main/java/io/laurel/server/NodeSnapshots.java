package io.laurel.server;

import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.journal.ChronicleJournal;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotListener;
import io.laurel.snapshot.SnapshotWriter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when snapshots are taken: now and then where something was logged since the last, and at
 * an orderly end. That none could be taken is told and costs nothing but time at the next start.
 */
final class NodeSnapshots implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NS = 500_000;
    /** One that was under way when the end came, and the last one; and one to spare. */
    private static final int FINAL_TRIES = 3;
    /** The durable mark of a TakeSnapshot is a tick of its own; it is nothing new. */
    private static final int OWN_TRACES = 1;

    private final NodeCommands commands;
    private final EnginePipeline pipeline;
    private final SnapshotWriter writer;
    private final Told told;
    private final BooleanSupplier storageLow;
    private volatile long lastMark;
    private volatile boolean begun;

    /** Tells the log what became of images. */
    static final class Told implements SnapshotListener {
        private final AtomicLong failures = new AtomicLong();
        private final ChronicleJournal prunable;
        private volatile LongSupplier vouchedFor = () -> Long.MAX_VALUE;

        /**
         * Begins without failures.
         *
         * @param prunable gives back what no kept snapshot needs; null = nothing
         */
        Told(ChronicleJournal prunable) {
            this.prunable = prunable;
        }

        /** Nothing behind a sequence is given back that no checkpoint could vouch for then. */
        void keepBehind(LongSupplier sequence) {
            vouchedFor = sequence;
        }

        @Override
        public void onWritten(Snapshot snapshot, long durationNs) {
            LOG.info("snapshot {} written in {} ms: state root {}, {} KiB of {} KiB",
                snapshot.sequence(), TimeUnit.NANOSECONDS.toMillis(durationNs),
                snapshot.rootHex(), snapshot.fileBytes() >> 10,
                snapshot.facts().usedBytes() >> 10);
        }

        @Override
        public void onKept(Snapshot newest, long oldestSequence) {
            if (prunable == null) {
                return;
            }
            try {
                final long last = Math.min(oldestSequence, vouchedFor.getAsLong());
                final int files = prunable.prune(last + 1, newest.facts().hashSeed());
                if (files > 0) {
                    LOG.info("{} files of the journal before snapshot {} removed", files,
                        oldestSequence);
                }
            } catch (IOException e) {
                LOG.warn("the journal was not pruned before snapshot {}", oldestSequence, e);
            }
        }

        @Override
        public void onNoRoom(Throwable cause) {
            failures.incrementAndGet();
            LOG.warn("no snapshot, for want of memory; the log has everything", cause);
        }

        @Override
        public void onFailed(long sequence, Throwable cause) {
            failures.incrementAndGet();
            LOG.warn("snapshot {} failed; the log has everything", sequence, cause);
        }
    }

    /**
     * Goes on behind what was recovered.
     *
     * @param told listens to the writer
     * @param storageLow whether the disk has no room for more
     */
    NodeSnapshots(NodeCommands commands, EnginePipeline pipeline, SnapshotWriter writer,
        Told told, BooleanSupplier storageLow) {
        this.commands = commands;
        this.pipeline = pipeline;
        this.writer = writer;
        this.told = told;
        this.storageLow = storageLow;
        lastMark = writer.last() == null ? 0 : writer.last().sequence();
    }

    /** The node is ready: from now on its end is worth a snapshot. */
    void begin() {
        begun = true;
    }

    /** Takes a snapshot where there is something new; on the event loop, now and then. */
    @Override
    public void run() {
        if (writer.ready() && !storageLow.getAsBoolean()
            && pipeline.status().appendedSequence() > lastMark + OWN_TRACES) {
            take("now and then").thenAccept(reply -> lastMark = reply.sequence());
        }
    }

    /** Logs the cut, and not before the memory of its image is mapped. */
    private CompletableFuture<NodeCommands.Reply> take(String reason) {
        return writer.prepare().thenCompose(
            mapped -> commands.send(to -> to.takeSnapshot("", reason)));
    }

    /** Takes the last snapshot, once nothing comes in any more. */
    @Override
    public void close() {
        if (!begun || pipeline.failure() != null || storageLow.getAsBoolean()) {
            return;
        }
        writer.hurry();
        final long deadline = System.nanoTime() + LIMIT_NS;
        try {
            boolean more = true;
            for (int i = 0; more && i < FINAL_TRIES; i++) {
                more = takeOne(deadline);
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("no snapshot at the end; the log has everything", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCovered() {
        final Snapshot last = writer.last();
        return last != null
            && pipeline.status().appendedSequence() <= last.sequence() + OWN_TRACES;
    }

    /** Takes one, or waits for the one under way; returns false where nothing is left to do. */
    private boolean takeOne(long deadline)
        throws InterruptedException, ExecutionException, TimeoutException {
        // in this order: an image that is complete by now is waited for, a later one is counted
        final long images = pipeline.status().images();
        final long failures = told.failures.get();
        if (!writer.awaitIdle(left(deadline)) || isCovered()) {
            return false;
        }
        take("an orderly stop").get(left(deadline), TimeUnit.NANOSECONDS);
        while (pipeline.status().images() == images && told.failures.get() == failures
            && pipeline.failure() == null) {
            if (left(deadline) <= 0) {
                throw new TimeoutException("the image is not complete");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return writer.awaitIdle(left(deadline)) && told.failures.get() == failures;
    }

    private static long left(long deadline) {
        return deadline - System.nanoTime();
    }
}
