package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.derive.RebuildReader;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.RebuildWork;
import io.laurel.journal.JournalFiles;
import io.laurel.snapshot.NewerSnapshotException;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader beside the engine (semantics 6.5), on a thread of its own: asks now and then what
 * waits, works it out from the durable log with a second engine, and logs the answers. It rests as
 * long as it works, so that a long pass leaves the node half a core. What a crash leaves undone
 * still stands in the state and is taken up again.
 */
final class NodeRebuilds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WAIT_MS = 100;
    private static final long MOST_REST_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long JOIN_MS = 60_000;

    private final NodeCommands commands;
    private final SnapshotDirectory snapshots;
    private final long memoryBytes;
    private final RebuildReader reader;
    private final Thread thread;
    private volatile boolean closed;
    private long workedSince;

    /**
     * Begins at once.
     *
     * @param journal directory of the segments
     * @param memoryBytes size of the engine's state region: what it takes depends on it
     */
    NodeRebuilds(NodeCommands commands, Path journal, SnapshotDirectory snapshots,
        long memoryBytes) {
        this.commands = commands;
        this.snapshots = snapshots;
        this.memoryBytes = memoryBytes;
        reader = new RebuildReader(() -> JournalFiles.openReader(journal), this::engineBefore,
            (sequence, timeNs) -> rest());
        thread = new Thread(this::run, "laurel-rebuild");
        thread.setDaemon(true);
        thread.start();
    }

    private Engine engineBefore(long sequence) throws IOException {
        try {
            final SnapshotLoader.Loaded loaded =
                new SnapshotLoader(snapshots).load(sequence, memoryBytes);
            return loaded == null ? new Engine(memoryBytes) : loaded.engine();
        } catch (NewerSnapshotException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(LOOK_NS);
            try {
                workedSince = System.nanoTime();
                work();
            } catch (CancellationException e) {
                // the node ends; what was not logged is taken up again at the next start
                return;
            } catch (IOException | ExecutionException | RuntimeException e) {
                LOG.warn("entries could not be derived anew; tried again in {} s",
                    TimeUnit.NANOSECONDS.toSeconds(RETRY_NS), e);
                pause(RETRY_NS);
            }
        }
    }

    private void work() throws IOException, ExecutionException {
        final RebuildWork work = await(commands.read(EngineReads::rebuildWork));
        if (work.isEmpty()) {
            return;
        }
        final long begun = System.nanoTime();
        final List<Consumer<CommandWriter>> answers = reader.answer(work);
        for (final Consumer<CommandWriter> answer : answers) {
            final NodeCommands.Reply reply = await(commands.send(answer));
            if (reply.code() != ResultCode.ACCEPTED.code()) {
                // marked anew meanwhile; what waits now says so
                LOG.info("an answer from the log was refused: {}",
                    ResultCode.of(reply.code()).token());
            }
        }
        LOG.info("rolled back: {} rollbacks looked up, {} entries derived anew up to sequence {}"
            + " in {} ms", work.rollbacks().size(),
            work.rollbacks().isEmpty() ? work.entries().size() : 0, work.sequence(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private <T> T await(CompletableFuture<T> future) throws ExecutionException {
        while (!closed) {
            try {
                return future.get(WAIT_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // asked again: the node may be ending, and then nobody answers
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
        throw new CancellationException("the node ends");
    }

    private void rest() {
        final long now = System.nanoTime();
        pause(Math.min(now - workedSince, MOST_REST_NS));
        if (closed) {
            throw new CancellationException("the node ends");
        }
        workedSince = System.nanoTime();
    }

    private void pause(long ns) {
        final long until = System.nanoTime() + ns;
        for (long left = ns; left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Ends the pass that is under way, without its answers. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
