package io.laurel.server;

import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.journal.BackgroundThread;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.LogTrees;
import io.laurel.journal.checkpoint.SignedNote;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import io.laurel.replay.proof.FactPages;
import io.laurel.server.config.LaurelConfig.CheckpointPart;
import io.laurel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs now and then what is on disk: a thread of its own that reads the files of the journal
 * behind the durable sequence and asks the engine for the results of settled contests, a few rows
 * at a time. Nothing waits for it; where it fails, that is told and the node goes on without it.
 */
final class NodeCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FACTS_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAGE_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long ANSWER_MS = 200;
    private static final long END_MS = 30_000;
    private static final long FACTS_MS = 5_000;
    /** A page costs the engine some 50 microseconds at most, like a slice of a snapshot. */
    private static final int PAGE_ROWS = 64;
    private static final int SLICE_BLOCKS = 256;

    private final LogTrees trees;
    private final Path directory;
    private final SigningKey key;
    private final long everyNs;
    private final Supplier<Snapshot> snapshot;
    private final Thread thread;
    private final CountDownLatch factsDone = new CountDownLatch(1);
    private EnginePipeline pipeline;
    private NodeCommands commands;
    private FactPages.Place place;
    private FactQuery asked;
    private long factsLookedAt;
    private long factsDueNs;
    private long writtenNs;
    private long writtenFacts;
    private volatile long writtenSequence;
    private volatile long savedSequence;
    private volatile long failures;
    private volatile boolean closing;
    private volatile boolean finishing;
    private boolean lastLook;

    /**
     * Goes on where the stored checkpoints end.
     *
     * @param snapshot gives the last snapshot, null = none yet
     */
    NodeCheckpoints(StoredCheckpoints stored, CheckpointPart config, Path directory,
        Supplier<Snapshot> snapshot) throws IOException {
        this.directory = directory;
        this.snapshot = snapshot;
        key = config.key();
        everyNs = config.everyNs();
        Files.createDirectories(directory);
        trees = new LogTrees(stored);
        savedSequence = trees.sequence();
        place = FactPages.Place.after(trees.settled());
        if (stored.newest() != null) {
            writtenSequence = stored.newest().sequence();
            writtenFacts = stored.newest().facts().size();
        }
        writtenNs = System.nanoTime();
        thread = new Thread(this::run, "laurel-checkpoint");
        thread.setDaemon(true);
    }

    /** Begins, once the node may be asked. */
    void begin(EnginePipeline node, NodeCommands asking) {
        pipeline = node;
        commands = asking;
        thread.start();
    }

    private void run() {
        new BackgroundThread().background();
        try (trees) {
            while (!closing) {
                step();
            }
            // the pipeline has come to its end: what is durable now is all there will be
            while (trees.advance(pipeline.durableSequence(), SLICE_BLOCKS)) {
                LOG.debug("{} blocks", trees.blocks());
            }
            write(true);
        } catch (IOException | RuntimeException e) {
            failures++;
            LOG.error("no more checkpoints are signed until the next start", e);
        }
    }

    private void step() throws IOException {
        final boolean more = trees.advance(pipeline.durableSequence(), SLICE_BLOCKS);
        takeFacts();
        if (!more) {
            write(false);
            LockSupport.parkNanos(place.isBetweenContests() ? LOOK_NS : PAGE_PAUSE_NS);
        }
    }

    /** Asks for the next page where there may be one, and takes it once it is there. */
    private void takeFacts() throws IOException {
        final long now = System.nanoTime();
        if (asked == null) {
            if (place.isBetweenContests()
                && (now < factsDueNs || trees.sequence() == factsLookedAt) && !finishing) {
                return;
            }
            factsDueNs = now + FACTS_EVERY_NS;
            factsLookedAt = trees.sequence();
            lastLook = finishing;
            asked = new FactQuery(place, PAGE_ROWS);
            commands.ask(asked);
        }
        try {
            final FactPages.Page page = asked.done().get(ANSWER_MS, TimeUnit.MILLISECONDS);
            asked = null;
            place = page.next();
            trees.addFacts(page.facts(), place.isBetweenContests());
            if (!page.facts().isEmpty()) {
                // where one was settled, the next may have been
                factsLookedAt = -1;
                factsDueNs = now;
            } else if (lastLook) {
                factsDone.countDown();
            }
        } catch (TimeoutException e) {
            LOG.debug("the engine is busy; asked again later");
        } catch (ExecutionException e) {
            throw new IllegalStateException("facts cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void write(boolean last) {
        final boolean news = trees.facts() > writtenFacts;
        final boolean due = last || System.nanoTime() - writtenNs >= everyNs;
        if (!trees.isReady() || !(news || due && trees.sequence() > writtenSequence)) {
            return;
        }
        writtenNs = System.nanoTime();
        try {
            final Checkpoint checkpoint = trees.checkpoint(key.verifier().name(), state());
            CheckpointFiles.write(directory, SignedNote.sign(checkpoint.toText(), key));
            writtenSequence = checkpoint.sequence();
            writtenFacts = checkpoint.facts().size();
            trees.save();
            savedSequence = trees.sequence();
        } catch (IOException e) {
            // the disk may have room again later, and then one covers what this one would have
            failures++;
            LOG.warn("checkpoint {} failed", trees.sequence(), e);
        }
    }

    private StateRoot state() {
        final Snapshot newest = snapshot.get();
        return newest == null ? null
            : new StateRoot(newest.sequence(), newest.facts().layoutVersion(),
                Checkpoint.text(newest.root()),
                Checkpoint.text(Snapshot.digestOf(newest.contests())));
    }

    /** Returns the sequence of the last checkpoint, 0 = none; any thread. */
    long sequence() {
        return writtenSequence;
    }

    /** Returns up to where the next start can do without the journal; any thread. */
    long savedSequence() {
        return savedSequence;
    }

    /** Returns how often signing or writing failed since the start; any thread. */
    long failures() {
        return failures;
    }

    /** Takes the results that there are, once nothing comes in any more; bounded in time. */
    void finishFacts() throws InterruptedException {
        finishing = true;
        if (thread.isAlive() && !factsDone.await(FACTS_MS, TimeUnit.MILLISECONDS)) {
            LOG.info("results that no checkpoint names yet are signed after the next start");
        }
    }

    /** Signs what is durable at the end; after the pipeline was closed. */
    @Override
    public void close() throws IOException {
        closing = true;
        if (pipeline == null) {
            trees.close();
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
