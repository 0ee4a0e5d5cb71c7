package io.laurel.server;

import io.laurel.engine.recovery.Recovery;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.snapshot.SnapshotDirectory;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an order to pass a command means for what was kept of the time in which it counted. Such an
 * order is meant for a command that cannot be applied, and then there is nothing of the kind.
 */
final class SkipOrder {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");

    private SkipOrder() {
    }

    /**
     * Makes way for the order, before it is logged: a start that finds it in the log must not find
     * a snapshot in which the command has counted.
     *
     * @param sequence that will be passed, or {@link Recovery#NO_SKIP}
     * @throws CommandFailure where the state behind the command was signed
     */
    static void prepare(long sequence, SnapshotDirectory snapshots, StoredCheckpoints signed)
        throws IOException {
        if (sequence == Recovery.NO_SKIP) {
            return;
        }
        final Checkpoint newest = signed.newest();
        if (newest != null && newest.state() != null && newest.state().sequence() >= sequence) {
            throw new CommandFailure(ExitCode.USAGE, "command " + sequence
                + " cannot be skipped: it was applied, and the state at sequence "
                + newest.state().sequence() + " behind it is signed in a checkpoint");
        }
        final List<Long> removed = snapshots.removeFrom(sequence);
        if (!removed.isEmpty()) {
            LOG.warn("command {} is passed although it was applied before: what came of it is"
                + " taken back, and snapshots {} are removed, in which it counts", sequence,
                removed);
        }
    }
}
