package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.ReadyMemory;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.JournalRecovery;
import io.laurel.journal.JournalScan;
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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a data directory holds: the verified end of the log and the engine that stands there.
 *
 * @param engine at the end of the log
 * @param scan where writing goes on
 * @param logged limits and clock mode as the log has them
 * @param snapshot where the replay began, null = at the beginning of the log
 * @param report of the replay
 */
record RecoveredState(Engine engine, JournalScan scan, LoggedSettings logged, Snapshot snapshot,
    RecoveryReport report) {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");

    /**
     * Opens the newest snapshot that can be believed, verifies and replays the log behind it;
     * where there is none, the whole log.
     *
     * @param skip sequence that the operator passes, 0 = none
     * @throws IOException where the log cannot be believed or read
     */
    static RecoveredState recover(DataDirectory directory, SnapshotDirectory snapshots,
        LaurelConfig config, long skip, Progress progress) throws IOException {
        // the command to be passed must be in the tail, so that it is not applied
        final long before = skip == Recovery.NO_SKIP ? Long.MAX_VALUE : skip;
        final long configured = config.limits().memoryBytes();
        final Steps steps = new Steps();
        final ReadyMemory memory = new ReadyMemory(config.memory().mappedBytes());
        Loaded loaded = load(snapshots, before, configured, memory);
        steps.loadedNs = System.nanoTime();
        Engine engine = loaded == null ? null : loaded.engine();
        try {
            final LoggedSettings logged = loaded == null ? new LoggedSettings()
                : LoggedSettings.behind(directory.journal(), loaded);
            final long from = engine == null ? 1 : engine.sequence() + 1;
            final JournalScan scan =
                new JournalRecovery(directory.journal()).run(from, from - 1, logged);
            steps.verifiedNs = System.nanoTime();
            check(directory, config, logged);
            final long memoryBytes = Math.max(logged.largestMemoryBytes(), configured);
            if (engine == null) {
                engine = new Engine(memoryBytes, memory);
            } else if (memoryBytes > engine.memoryBytes()) {
                // the log behind the snapshot has known a larger state
                engine.close();
                engine = null;
                loaded = load(snapshots, before, memoryBytes, memory);
                if (loaded == null) {
                    throw new IOException("the snapshots have changed while they were read");
                }
                engine = loaded.engine();
            }
            final long readyNs = System.nanoTime();
            final RecoveryReport report = replay(directory, engine, scan, skip, progress);
            final Snapshot snapshot = loaded == null ? null : loaded.snapshot();
            tell(snapshot, report, steps.text(System.nanoTime() - readyNs));
            return new RecoveredState(engine, scan, logged, snapshot, report);
        } catch (IOException | RuntimeException e) {
            if (engine != null) {
                engine.close();
            }
            throw e;
        }
    }

    private static Loaded load(SnapshotDirectory snapshots, long before, long memoryBytes,
        ReadyMemory memory) throws IOException {
        final SnapshotLoader loader = new SnapshotLoader(snapshots, memory);
        try {
            final Loaded loaded = loader.load(before, memoryBytes);
            loader.notes().forEach(note -> LOG.warn("snapshot {}", note));
            return loaded;
        } catch (NewerSnapshotException e) {
            throw new CommandFailure(ExitCode.NEWER_DATA, e.getMessage(), e);
        }
    }

    private static void check(DataDirectory directory, LaurelConfig config,
        LoggedSettings logged) {
        if (logged.hasGenesis() && logged.eventClock() != config.eventClock()) {
            throw new CommandFailure(ExitCode.CORRUPT, "clock: " + directory.root()
                + " was created with clock mode " + (logged.eventClock() ? "event" : "system"));
        }
    }

    private static RecoveryReport replay(DataDirectory directory, Engine engine,
        JournalScan scan, long skip, Progress progress) throws IOException {
        try (JournalReader reader = JournalFiles.openReader(directory.journal())) {
            final RecoveryReport report = Recovery.replay(reader, engine, skip, progress);
            if (report.lastSequence() != scan.lastSequence()) {
                throw new CommandFailure(ExitCode.CORRUPT, "the log was verified up to sequence "
                    + scan.lastSequence() + " and replayed up to " + report.lastSequence());
            }
            return report;
        }
    }

    private static void tell(Snapshot snapshot, RecoveryReport report, String times) {
        if (snapshot != null) {
            LOG.info("recovered from snapshot {} with state root {} and {} records behind it: {}",
                snapshot.sequence(), snapshot.rootHex(), report.records(), times);
        } else if (report.records() > 0) {
            LOG.info("recovered from the whole log: {} records: {}", report.records(), times);
        }
    }

    /** When the steps of a recovery were done. */
    private static final class Steps {
        private final long begunNs = System.nanoTime();
        private long loadedNs;
        private long verifiedNs;

        private String text(long replayNs) {
            return "loaded in " + ms(loadedNs - begunNs) + " ms, log verified in "
                + ms(verifiedNs - loadedNs) + " ms, replayed in " + ms(replayNs) + " ms";
        }

        private static long ms(long ns) {
            return TimeUnit.NANOSECONDS.toMillis(ns);
        }
    }

    /** Returns the limits that the configuration asks for. */
    Limits wanted(LaurelConfig config) {
        return new Limits(config.intake().maxLatenessNs(), config.intake().maxSkewNs(),
            config.limits().players(), config.limits().contests(), config.limits().memoryBytes(),
            Engine.BEHAVIOUR_VERSION);
    }
}
