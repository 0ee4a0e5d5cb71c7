package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.JournalRecovery;
import io.laurel.journal.JournalScan;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LoggedSettings;
import io.laurel.server.config.LaurelConfig;
import java.io.IOException;

/**
 * What a data directory holds: the verified end of the log and the engine that stands there.
 *
 * @param engine at the end of the log
 * @param scan where writing goes on
 * @param logged limits and clock mode as the log has them
 * @param report of the replay
 */
record RecoveredState(Engine engine, JournalScan scan, LoggedSettings logged,
    RecoveryReport report) {
    private static final int BEHAVIOUR_VERSION = 1;

    /**
     * Verifies and replays the log.
     *
     * @param skip sequence that the operator passes, 0 = none
     * @throws IOException where the log cannot be believed or read
     */
    static RecoveredState recover(DataDirectory directory, LaurelConfig config, long skip,
        Progress progress) throws IOException {
        final LoggedSettings logged = new LoggedSettings();
        final JournalScan scan = new JournalRecovery(directory.journal()).run(1, 0, logged);
        if (logged.hasGenesis() && logged.eventClock() != config.eventClock()) {
            throw new CommandFailure(ExitCode.CORRUPT, "clock: " + directory.root()
                + " was created with clock mode " + (logged.eventClock() ? "event" : "system"));
        }
        final Engine engine = new Engine(
            Math.max(logged.largestMemoryBytes(), config.limits().memoryBytes()));
        try (JournalReader reader = JournalFiles.openReader(directory.journal())) {
            final RecoveryReport report = Recovery.replay(reader, engine, skip, progress);
            if (report.lastSequence() != scan.lastSequence()) {
                throw new CommandFailure(ExitCode.CORRUPT, "the log was verified up to sequence "
                    + scan.lastSequence() + " and replayed up to " + report.lastSequence());
            }
            return new RecoveredState(engine, scan, logged, report);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** Returns the limits that the configuration asks for. */
    Limits wanted(LaurelConfig config) {
        final int version = logged.hasGenesis()
            ? Math.max(BEHAVIOUR_VERSION, logged.limits().behaviourVersion()) : BEHAVIOUR_VERSION;
        return new Limits(config.intake().maxLatenessNs(), config.intake().maxSkewNs(),
            config.limits().players(), config.limits().contests(), config.limits().memoryBytes(),
            version);
    }
}
