package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.command.RecordHasher;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.WrappedTarget;
import io.laurel.engine.recovery.CommandFailedException;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalRecovery;
import io.laurel.journal.ReadAhead;
import io.laurel.journal.ReadyMemory;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LoggedSettings;
import io.laurel.server.config.LaurelConfig;
import io.laurel.snapshot.NewerSnapshotException;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import io.laurel.snapshot.SnapshotLoader.Loaded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the newest snapshot that can be believed, verifies the log behind it and replays it; where
 * there is none, the whole log. The log is read once: one thread reads and verifies, the caller's
 * applies what is verified. What must be known before that is assumed by the fronts of epochs;
 * where the whole log turns out to say otherwise, what was applied is thrown away, and the log is
 * replayed once more by what it says.
 */
final class NodeRecovery {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    /** Until so many records are applied, the second core of a small machine compiles for them. */
    private static final long COMPILED_BY = 2_000_000;

    private final Path journal;
    private final String place;
    private final SnapshotDirectory snapshots;
    private final LaurelConfig config;
    private final long skip;
    private final Progress progress;
    private final Runnable beside;
    private final ReadyMemory memory;
    private LoggedSettings before;
    private long fromSequence;
    private Snapshot snapshot;
    /** Null, or as it was opened, until the log is replayed. */
    private Engine engine;
    private long loadNs;

    /** As {@link RecoveredState#recover} has it. */
    NodeRecovery(DataDirectory directory, SnapshotDirectory snapshots, LaurelConfig config,
        long skip, Progress progress, Runnable beside) {
        this.journal = directory.journal();
        this.place = directory.root().toString();
        this.snapshots = snapshots;
        this.config = config;
        this.skip = skip;
        this.progress = progress;
        this.beside = beside;
        this.memory = NodeMemory.ofState(config.memory());
    }

    RecoveredState run() throws IOException {
        final long begunNs = System.nanoTime();
        try {
            begin();
            LogOutline outline = LogOutline.assumed(journal, fromSequence, before);
            if (outline == null || isOfOtherClock(outline)) {
                // damage goes before what looks wrong so far
                outline = verified();
            }
            VerifiedLog log = log(outline);
            RecoveredState state = replay(log);
            if (state == null) {
                LOG.info("the log passes other commands, or asks for other memory, than the fronts"
                    + " of its epochs say: it is replayed once more");
                log = log(log.found());
                state = replay(log);
            }
            if (state == null) {
                throw new IOException("the log has changed while it was read");
            }
            tell(state.report(), System.nanoTime() - begunNs - loadNs);
            return state;
        } catch (IOException | RuntimeException e) {
            closeEngine();
            throw e;
        }
    }

    private void begin() throws IOException {
        final Loaded loaded = load(config.limits().memoryBytes());
        if (loaded == null) {
            before = new LoggedSettings();
            fromSequence = 1;
        } else {
            engine = loaded.engine();
            snapshot = loaded.snapshot();
            before = LoggedSettings.behind(journal, loaded);
            fromSequence = engine.sequence() + 1;
        }
    }

    private Loaded load(long memoryBytes) throws IOException {
        final long begunNs = System.nanoTime();
        final SnapshotLoader loader = new SnapshotLoader(snapshots, memory);
        try {
            // the command to be passed must be in the tail, so that it is not applied
            final Loaded loaded =
                loader.load(skip == Recovery.NO_SKIP ? Long.MAX_VALUE : skip, memoryBytes);
            loader.notes().forEach(note -> LOG.warn("snapshot {}", note));
            return loaded;
        } catch (NewerSnapshotException e) {
            throw new CommandFailure(ExitCode.NEWER_DATA, e.getMessage(), e);
        } finally {
            loadNs += System.nanoTime() - begunNs;
        }
    }

    /** Reads the log for what it says, and applies nothing. */
    private LogOutline verified() throws IOException {
        final LogOutline outline = new LogOutline(before);
        new JournalRecovery(journal).run(fromSequence, fromSequence - 1, outline);
        check(outline);
        return outline;
    }

    private boolean isOfOtherClock(LogOutline outline) {
        return outline.settings().hasGenesis()
            && outline.settings().eventClock() != config.eventClock();
    }

    private void check(LogOutline outline) {
        if (isOfOtherClock(outline)) {
            throw new CommandFailure(ExitCode.CORRUPT, "clock: " + place
                + " was created with clock mode "
                + (outline.settings().eventClock() ? "event" : "system"));
        }
    }

    private VerifiedLog log(LogOutline assumed) {
        return new VerifiedLog(journal, assumed, new LogOutline(before));
    }

    /** Returns null, and no engine, where the log turned out not to be as assumed. */
    private RecoveredState replay(VerifiedLog log) throws IOException {
        open(Math.max(log.assumed().settings().largestMemoryBytes(),
            config.limits().memoryBytes()));
        RecoveryReport report = null;
        CommandFailedException failed = null;
        try (ReadAhead reader = new ReadAhead(log, hasher())) {
            report = Recovery.replay(reader, target(), log.assumed().skipped().with(skip),
                this::onProgress);
        } catch (CommandFailedException e) {
            // by what was assumed; what the log says goes before
            failed = e;
        }
        check(log.found());
        final long skipToLog = log.found().skipped().toLog(skip, fromSequence);
        if (!log.isAsAssumed()) {
            closeEngine();
            return null;
        }
        if (failed != null) {
            throw failed;
        }
        if (report.lastSequence() != log.scan().lastSequence()) {
            throw new CommandFailure(ExitCode.CORRUPT, "the log was verified up to sequence "
                + log.scan().lastSequence() + " and replayed up to " + report.lastSequence());
        }
        return new RecoveredState(engine, log.scan(), log.found().settings(), snapshot,
            report.withSkipToLog(skipToLog));
    }

    private void onProgress(long sequence, long timeNs) {
        progress.onProgress(sequence, timeNs);
        if (sequence - fromSequence > COMPILED_BY) {
            beside.run();
        }
    }

    private RecordHasher hasher() {
        return snapshot == null ? new RecordHasher() : new RecordHasher(engine.hashSeed());
    }

    /** Where nothing is applied, the root stays the one that was verified with the snapshot. */
    private CommandTarget target() {
        final Engine applying = engine;
        final Snapshot begin = snapshot;
        return new WrappedTarget(CommandTarget.of(applying)) {
            @Override
            public byte[] stateRoot() {
                return begin != null && sequence() == begin.sequence() ? begin.root().clone()
                    : applying.stateRoot(NodeRecovery::runOnAllCores);
            }
        };
    }

    private static void runOnAllCores(int count, IntConsumer task) {
        IntStream.range(0, count).parallel().forEach(task);
    }

    /** Opens an engine that has applied nothing yet, where there is none of the size. */
    private void open(long memoryBytes) throws IOException {
        if (engine != null && memoryBytes <= engine.memoryBytes()) {
            return;
        }
        closeEngine();
        if (snapshot == null) {
            engine = new Engine(memoryBytes, memory);
            return;
        }
        final Loaded loaded = load(memoryBytes);
        engine = loaded == null ? null : loaded.engine();
        if (engine == null || engine.sequence() != fromSequence - 1) {
            throw new IOException("the snapshots have changed while they were read");
        }
        snapshot = loaded.snapshot();
    }

    private void closeEngine() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    private void tell(RecoveryReport report, long replayNs) {
        final String times = "loaded in " + TimeUnit.NANOSECONDS.toMillis(loadNs)
            + " ms, verified and replayed in " + TimeUnit.NANOSECONDS.toMillis(replayNs) + " ms";
        if (snapshot != null) {
            LOG.info("recovered from snapshot {} with state root {} and {} records behind it: {}",
                snapshot.sequence(), snapshot.rootHex(), report.records(), times);
        } else if (report.records() > 0) {
            LOG.info("recovered from the whole log: {} records: {}", report.records(), times);
        }
    }
}
