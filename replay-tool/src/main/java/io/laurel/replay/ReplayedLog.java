package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.LogStart;
import io.laurel.snapshot.Snapshot;

/**
 * What a {@link LogPass} came to.
 *
 * @param engine as it stands at the end point
 * @param report of the replay
 * @param facts of the log as a whole
 * @param snapshot where the replay began; null = at the beginning of the log
 * @param cutShort whether the log is damaged before the end point
 * @param pruned where the log begins, where older segments were pruned and the pass takes it as
 *     it is; else null
 */
public record ReplayedLog(Engine engine, RecoveryReport report, LogFacts facts, Snapshot snapshot,
    boolean cutShort, LogStart pruned) implements AutoCloseable {
    @Override
    public void close() {
        engine.close();
    }
}
