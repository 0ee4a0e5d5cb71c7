package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.derive.RebuildReader;
import io.laurel.engine.derive.RebuildReader.Stuck;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.RebuildWork.Rollback;
import io.laurel.gateway.http.NodeFigures.Rebuilds;
import io.laurel.journal.BackgroundThread;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.snapshot.NewerSnapshotException;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * long as it works. What a crash leaves undone still stands in the state and is taken up again.
 *
 * <p>What needs a part of the log that was pruned stays as it is: it is told of once, and in the
 * status for as long as it lasts, and taken up by itself when the segments are put back.
 */
final class NodeRebuilds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_RETRY_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long WAIT_MS = 100;
    private static final long JOIN_MS = 60_000;
    private static final int MOST_NAMED = 10;

    private final NodeCommands commands;
    private final SnapshotDirectory snapshots;
    private final long memoryBytes;
    private final RebuildReader reader;
    private final LogPace pace = new LogPace();
    private final Thread thread;
    private volatile Rebuilds figures = new Rebuilds(0, 0, 0, "");
    private List<Object> stuck = List.of();
    private long stuckLookNs;
    private long retryNs = RETRY_NS;

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
        reader = new RebuildReader(new DurableLog(journal), this::engineBefore,
            (sequence, timeNs) -> pace.rest());
        thread = new Thread(this::run, "laurel-rebuild");
        thread.setDaemon(true);
        thread.start();
    }

    /** The files of the log. */
    private record DurableLog(Path journal) implements RebuildReader.Logs {
        @Override
        public JournalReader open() {
            return JournalFiles.openReader(journal);
        }

        @Override
        public long firstSequence() throws IOException {
            final LogStart start = JournalFiles.prunedStart(journal);
            return start == null ? 1 : start.sequence() + 1;
        }
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
        new BackgroundThread().background();
        try (reader) {
            answer();
        } catch (IOException e) {
            LOG.debug("the log was not closed", e);
        }
    }

    private void answer() {
        while (!pace.isClosed()) {
            LockSupport.parkNanos(LOOK_NS);
            try {
                pace.begin();
                work();
                retryNs = RETRY_NS;
            } catch (CancellationException e) {
                // the node ends; what was not logged is taken up again at the next start
                return;
            } catch (IOException | ExecutionException | RuntimeException e) {
                failed(e);
            }
        }
    }

    private void failed(Exception e) {
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(retryNs);
        final String reason = "tried again in " + seconds + " s: "
            + (e.getMessage() == null ? e.toString() : e.getMessage());
        LOG.warn("entries could not be derived anew; tried again in {} s", seconds, e);
        figures = new Rebuilds(figures.rollbacks(), figures.entries(), figures.stuck(), reason);
        pace.pause(retryNs);
        retryNs = Math.min(2 * retryNs, LONGEST_RETRY_NS);
    }

    private void work() throws IOException, ExecutionException {
        final RebuildWork work = await(commands.read(EngineReads::rebuildWork));
        final List<Object> waiting = new ArrayList<>(work.entries());
        work.rollbacks().forEach(rollback -> waiting.add(rollback.sequence()));
        if (!work.isEmpty() && waiting.equals(stuck) && System.nanoTime() - stuckLookNs < 0) {
            return;
        }
        final long begun = System.nanoTime();
        final List<Consumer<CommandWriter>> answers = reader.answer(work);
        tell(work, reader.stuck());
        stuck = answers.isEmpty() ? waiting : List.of();
        stuckLookNs = System.nanoTime() + RETRY_NS;
        if (answers.isEmpty()) {
            return;
        }
        for (final Consumer<CommandWriter> answer : answers) {
            final NodeCommands.Reply reply = await(commands.send(answer));
            if (reply.code() != ResultCode.ACCEPTED.code()) {
                // marked anew meanwhile; what waits now says so
                LOG.info("an answer from the log was refused: {}",
                    ResultCode.of(reply.code()).token());
            }
        }
        LOG.info("rolled back: {} answers from the log for {} rollbacks and {} entries up to"
            + " sequence {} in {} ms", answers.size(), work.rollbacks().size(),
            work.entries().size(), work.sequence(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void tell(RebuildWork work, Stuck left) {
        final String reason = left.size() == 0 ? "" : "the log begins with sequence "
            + left.firstSequence() + "; put the older segments of the journal back";
        if (left.size() > figures.stuck()) {
            LOG.warn("{} rollbacks and {} entries wait for rounds that the journal does not hold"
                + " any more, and hold their contests: {}. Rollbacks: {}. Entries: {}",
                left.rollbacks().size(), left.entries().size(), reason,
                left.rollbacks().stream().limit(MOST_NAMED).map(Rollback::sequence).toList(),
                left.entries().stream().limit(MOST_NAMED)
                    .map(entry -> entry.contest() + " " + entry.entity()).toList());
        }
        figures = new Rebuilds(work.rollbacks().size(), work.entries().size(), left.size(),
            reason);
    }

    private <T> T await(CompletableFuture<T> future) throws ExecutionException {
        while (true) {
            pace.check();
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
    }

    /** Returns what waits, as it was last seen; any thread. */
    Rebuilds figures() {
        return figures;
    }

    /** Ends the pass that is under way, without its answers. */
    @Override
    public void close() {
        pace.close();
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
