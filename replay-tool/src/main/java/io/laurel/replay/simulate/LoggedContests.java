package io.laurel.replay.simulate;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Nearest;
import io.laurel.journal.JournalFiles;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The contests that a log publishes, as first published. Known before the pass, because a
 * candidate that begins earlier than what it stands for must be there earlier too.
 */
final class LoggedContests {
    private static final char INSTANCE = '@';

    private final Map<String, ContestDefinition> contests = new LinkedHashMap<>();

    /**
     * Looks through a log, without verifying it; the pass that follows does that.
     *
     * @param progress is told of each record
     * @throws IOException where it cannot be read
     */
    static LoggedContests of(Path journal, LogPoint end, Progress progress) throws IOException {
        final LoggedContests found = new LoggedContests();
        try (JournalReader reader = JournalFiles.openReader(journal)) {
            reader.read(1, (buffer, offset, length) -> {
                final long sequence = buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                    ByteOrder.LITTLE_ENDIAN);
                final long timeNs =
                    buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
                final boolean included = end.includes(sequence, timeNs);
                progress.onProgress(sequence, timeNs);
                if (included && LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET)
                    == PublishContestDecoder.TEMPLATE_ID) {
                    final ContestDefinition contest = definition(buffer,
                        offset + LogRecord.HEADER_BYTES,
                        LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET),
                        LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET));
                    found.contests.putIfAbsent(contest.id(), contest);
                }
                return included;
            });
        }
        return found;
    }

    /** Returns the rules that a PublishContest holds. */
    static ContestDefinition definition(DirectBuffer buffer, int offset, int blockLength,
        int version) {
        final PublishContestDecoder from =
            new PublishContestDecoder().wrap(buffer, offset, blockLength, version);
        from.skipActor();
        final byte[] bytes = new byte[from.definitionLength()];
        from.getDefinition(bytes, 0, bytes.length);
        return ContestDefinitionCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Returns the id under which a contest is published: that of an instance is its series. */
    static String publishedAs(String contest) {
        final int at = contest.indexOf(INSTANCE);
        return at < 0 ? contest : contest.substring(0, at);
    }

    /** Returns whether the log publishes a contest, or the series that an instance is one of. */
    boolean knows(String contest) {
        return contests.containsKey(publishedAs(contest));
    }

    /** Refuses what a user named and the log does not know. */
    void check(String contest) {
        if (!knows(contest)) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, "the log has no contest '" + contest
                + "'" + Nearest.hint(publishedAs(contest), contests.keySet()));
        }
    }

    /**
     * Returns when a contest's window begins, ns since the Unix epoch.
     *
     * @param contest known, not recurring
     */
    long startNs(String contest) {
        final ContestDefinition published = contests.get(publishedAs(contest));
        return published.schedule() == null ? published.window().startNs()
            : instanceWindow(contest).startNs();
    }

    /** Returns whether the log knows a contest as one that recurs, with instances beside it. */
    boolean isSeries(String contest) {
        return contests.containsKey(contest) && contests.get(contest).schedule() != null;
    }

    /** Returns the window of an instance: its id names the start, its series the duration. */
    ContestDefinition.Window instanceWindow(String instance) {
        final ContestDefinition.Schedule schedule =
            contests.get(publishedAs(instance)).schedule();
        final String start = instance.substring(instance.indexOf(INSTANCE) + 1);
        try {
            final long startNs = LogPoint.parse(start).timeNs();
            return new ContestDefinition.Window(startNs,
                Math.addExact(startNs, schedule.durationNs()), schedule.zone());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, "'" + instance
                + "' is no instance such as " + publishedAs(instance) + "@2025-10-25T15:00Z", e);
        }
    }
}
