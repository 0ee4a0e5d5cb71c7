package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.derive.Explanation;
import io.laurel.engine.derive.Explanation.TooManyRoundsException;
import io.laurel.engine.port.JournalReader;
import io.laurel.gateway.http.Explanations;
import io.laurel.journal.BackgroundThread;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.PrunedJournalException;
import io.laurel.replay.explain.ExplanationJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Explains scores while the node runs: a thread of its own lets a second engine apply the durable
 * log from its beginning, as {@code replay explain} does. One at a time, few waiting; memory as
 * much as the state while one is worked out. It rests as long as it works.
 */
final class NodeExplanations implements Explanations, AutoCloseable {
    private static final long JOIN_SECONDS = 60;
    private static final long IDLE_SECONDS = 10;
    private static final String ELSEWHERE = "; laurel replay explain on the data directory, or on"
        + " a copy of it, has no such limit.";

    private final Path journal;
    private final long memoryBytes;
    private final Bounds bounds;
    private final LogPace pace = new LogPace();
    private final ThreadPoolExecutor executor;

    /**
     * What one answer may cost.
     *
     * @param waiting explanations that wait for the one under way
     * @param rounds in one explanation: they and their JSON stand on the heap
     * @param time for one, rests included
     */
    record Bounds(int waiting, int rounds, Duration time) {
        /** The bounds of a node. */
        static final Bounds DEFAULT = new Bounds(4, 50_000, Duration.ofMinutes(2));
    }

    /** A pass took longer than it may. */
    private static final class OutOfTimeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Waits to be asked.
     *
     * @param journal directory of the segments
     * @param memoryBytes size of the engine's state region
     */
    NodeExplanations(Path journal, long memoryBytes, Bounds bounds) {
        this.journal = journal;
        this.memoryBytes = memoryBytes;
        this.bounds = bounds;
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(bounds.waiting()), work -> {
                final Thread thread = new Thread(() -> {
                    new BackgroundThread().background();
                    work.run();
                }, "laurel-explain");
                thread.setDaemon(true);
                return thread;
            });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<byte[]> explain(String contest, String entity, long sequence) {
        final CompletableFuture<byte[]> done = new CompletableFuture<>();
        try {
            executor.execute(() -> work(contest, entity, sequence, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(pace.isClosed() ? stopping()
                : new RefusedException(Refusal.BUSY, "Other scores are being explained."));
        }
        return done;
    }

    private void work(String contest, String entity, long sequence,
        CompletableFuture<byte[]> done) {
        try {
            pace.begin();
            pace.check();
            final long deadlineNs = System.nanoTime() + bounds.time().toNanos();
            final Explanation.Result explained;
            try (JournalReader log = JournalFiles.openReader(journal);
                 Engine engine = new Engine(memoryBytes)) {
                explained = Explanation.of(contest, entity, log, engine, sequence,
                    bounds.rounds(), (at, timeNs) -> onProgress(deadlineNs));
            }
            done.complete(ExplanationJson.bytes(explained, true));
        } catch (CancellationException e) {
            done.completeExceptionally(stopping());
        } catch (OutOfTimeException e) {
            done.completeExceptionally(new RefusedException(Refusal.TOO_LONG,
                "Reading the log takes more than " + bounds.time().toSeconds() + " s here"
                    + ELSEWHERE));
        } catch (TooManyRoundsException e) {
            done.completeExceptionally(new RefusedException(Refusal.TOO_MANY_ROUNDS,
                "There are more than " + bounds.rounds() + " rounds" + ELSEWHERE));
        } catch (PrunedJournalException e) {
            done.completeExceptionally(new RefusedException(Refusal.PRUNED,
                "Every round counts from the first on, and the log begins with sequence "
                    + e.firstSequence() + "; put the older segments of the journal back."));
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private void onProgress(long deadlineNs) {
        pace.rest();
        if (System.nanoTime() - deadlineNs > 0) {
            throw new OutOfTimeException();
        }
    }

    private static RefusedException stopping() {
        return new RefusedException(Refusal.STOPPING, "The node is stopping.");
    }

    /** Ends what is under way; whoever waits is told that the node stops. */
    @Override
    public void close() {
        pace.close();
        executor.shutdown();
        try {
            executor.awaitTermination(JOIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
