package io.laurel.replay;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.JournalReader.RecordHandler;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.SkippedSequences;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.JournalRecovery;
import io.laurel.journal.JournalScan;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * What must be known of a log before its first command is applied: how large the state may grow,
 * which commands are passed, where it ends, and whether it can be believed. Gathered in one pass
 * that verifies block by block and applies nothing.
 */
public final class LogFacts implements RecordHandler {
    private static final int PROGRESS_EVERY = 1 << 18;

    private final LoggedSettings settings;
    private final SkippedSequences skipped = new SkippedSequences();
    private final Progress progress;
    private long firstTimeNs;
    private long firstSequence;
    private long lastSequence;
    private long lastTimeNs = Long.MIN_VALUE;
    private JournalScan scan;
    private JournalCorruptException damage;

    private LogFacts(LoggedSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Verifies the log from the file on that holds a sequence.
     *
     * @param journal directory of the segments; a node may be writing there
     * @param fromSequence first record that is looked at
     * @param knownDurable a sequence that must be there, such as that of a snapshot
     * @param settings as the log before that record has them
     * @throws IOException where the files cannot be read
     */
    static LogFacts of(Path journal, long fromSequence, long knownDurable,
        LoggedSettings settings, Progress progress) throws IOException {
        final LogFacts facts = new LogFacts(settings, progress);
        facts.lastSequence = fromSequence - 1;
        try {
            facts.scan = new JournalRecovery(journal).run(fromSequence, knownDurable, facts);
        } catch (JournalCorruptException e) {
            facts.damage = e;
            facts.readUpTo(e.sequence(), journal);
        }
        return facts;
    }

    /** A file that is missing or too short is told of before anything is read. */
    private void readUpTo(long end, Path journal) throws IOException {
        if (lastSequence < end) {
            try (JournalReader reader = JournalFiles.openReader(journal)) {
                reader.read(lastSequence + 1, (buffer, offset, length) ->
                    onRecord(buffer, offset, length) && lastSequence < end);
            } catch (JournalCorruptException e) {
                // files that were swapped: the short one lies behind the first that is wrong
                damage = e;
            }
        }
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        lastSequence =
            buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        lastTimeNs = buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (firstSequence == 0) {
            firstSequence = lastSequence;
            firstTimeNs = lastTimeNs;
        }
        if (lastSequence % PROGRESS_EVERY == 0) {
            progress.onProgress(lastSequence, lastTimeNs);
        }
        settings.onRecord(buffer, offset, length);
        return skipped.onRecord(buffer, offset, length);
    }

    LoggedSettings settings() {
        return settings;
    }

    SkippedSequences skipped() {
        return skipped;
    }

    /** Returns the first sequence that was looked at, 0 where there is none. */
    long firstSequence() {
        return firstSequence;
    }

    /** Returns the log time of {@link #firstSequence()}. */
    long firstTimeNs() {
        return firstTimeNs;
    }

    /** Returns the last sequence that can be believed. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Returns the log time of {@link #lastSequence()}. */
    long lastTimeNs() {
        return lastTimeNs;
    }

    /** Returns counts and end of the log; null where it is damaged. */
    public JournalScan scan() {
        return scan;
    }

    /** Returns why nothing can be believed behind {@link #lastSequence()}; null where all can. */
    public JournalCorruptException damage() {
        return damage;
    }
}
