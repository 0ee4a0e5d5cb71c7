package io.laurel.server;

import io.laurel.engine.port.JournalReader.RecordHandler;
import io.laurel.engine.recovery.SkippedSequences;
import io.laurel.journal.JournalFiles;
import io.laurel.replay.LoggedSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * What must be known of a log before its first command is applied: which commands are passed, how
 * large the state may grow, and whether this program may apply it at all.
 */
final class LogOutline implements RecordHandler {
    /** A node begins an epoch with two records at most; others may have written the log. */
    private static final int FRONT_RECORDS = 64;

    private final LoggedSettings settings;
    private final SkippedSequences skipped = new SkippedSequences();

    /**
     * Begins with what is known before the first record.
     *
     * @param before settings there, which are not changed
     */
    LogOutline(LoggedSettings before) {
        settings = before.copy();
    }

    /**
     * Assumes that what must be known stands where a node logs it: at the fronts of epochs. A
     * command that hangs the engine can only be passed where that is known before.
     *
     * @param fromSequence first record that is looked at
     * @return null where that cannot be said: the log is to be read first
     */
    static LogOutline assumed(Path journal, long fromSequence, LoggedSettings before) {
        final LogOutline assumed = new LogOutline(before);
        try {
            JournalFiles.readFronts(journal, fromSequence, FRONT_RECORDS, assumed);
            return assumed;
        } catch (IOException | RuntimeException e) {
            // not verified yet, so this is nobody's verdict
            return null;
        }
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        settings.onRecord(buffer, offset, length);
        return skipped.onRecord(buffer, offset, length);
    }

    /** Returns whether nothing is in here that others do not have. */
    boolean isWithin(LogOutline others) {
        return settings.largestMemoryBytes() <= others.settings.largestMemoryBytes()
            && others.skipped.containsAll(skipped);
    }

    /** Returns limits and clock mode as the log has them. */
    LoggedSettings settings() {
        return settings;
    }

    /** Returns what its SkipCommands name. */
    SkippedSequences skipped() {
        return skipped;
    }
}
