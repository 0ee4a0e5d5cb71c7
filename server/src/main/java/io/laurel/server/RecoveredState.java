package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalScan;
import io.laurel.replay.LoggedSettings;
import io.laurel.server.config.LaurelConfig;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import java.io.IOException;

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
    /**
     * Recovers it; see {@link NodeRecovery}.
     *
     * @param skip sequence that the operator passes, 0 = none
     * @param beside runs, again and again, once a long replay is well under way: what can go on
     *     beside it
     * @throws IOException where the log cannot be believed or read
     */
    static RecoveredState recover(DataDirectory directory, SnapshotDirectory snapshots,
        LaurelConfig config, long skip, Progress progress, Runnable beside)
        throws IOException {
        return new NodeRecovery(directory, snapshots, config, skip, progress, beside).run();
    }

    /** Returns the limits that the configuration asks for. */
    Limits wanted(LaurelConfig config) {
        return new Limits(config.intake().maxLatenessNs(), config.intake().maxSkewNs(),
            config.limits().players(), config.limits().contests(), config.limits().memoryBytes(),
            Engine.BEHAVIOUR_VERSION);
    }
}
