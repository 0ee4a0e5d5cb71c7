package io.laurel.replay;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * A place in the log: the last record that counts, by sequence or by time.
 *
 * @param sequence no record beyond it
 * @param timeNs no record beyond it, ns since the Unix epoch
 */
public record LogPoint(long sequence, long timeNs) {
    /** The end of the log. */
    public static final LogPoint END = new LogPoint(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Reads a sequence or a timestamp.
     *
     * @param text digits, or RFC 3339 with offset
     * @throws IllegalArgumentException where it is neither
     */
    public static LogPoint parse(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return new LogPoint(Long.parseLong(text), Long.MAX_VALUE);
        }
        try {
            final Instant instant = OffsetDateTime.parse(text).toInstant();
            return new LogPoint(Long.MAX_VALUE, timeNs(instant));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text
                + "' is neither a sequence nor a timestamp such as 2025-10-25T19:00:30Z", e);
        }
    }

    /** What no log time can be lies before, or behind, all of them. */
    private static long timeNs(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L),
                instant.getNano());
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns the one that leaves out what either of two leaves out. */
    LogPoint and(LogPoint other) {
        return new LogPoint(Math.min(sequence, other.sequence), Math.min(timeNs, other.timeNs));
    }

    /** Returns whether the part of a log that can be believed goes up to here. */
    boolean isIn(LogFacts facts) {
        return facts.damage() == null || sequence <= facts.lastSequence()
            || timeNs < facts.lastTimeNs();
    }

    /**
     * Returns the last record that a replay comes to.
     *
     * @param facts of a log, from its beginning or from a snapshot on
     */
    LogPoint within(LogFacts facts) {
        final long last = facts.lastSequence();
        if (sequence < 1 || sequence != Long.MAX_VALUE && sequence > last) {
            throw new CommandFailure(ExitCode.USAGE, "no sequence " + sequence
                + ": the log has 1 to " + last);
        }
        if (facts.firstSequence() == 1 && timeNs < facts.firstTimeNs()) {
            throw new CommandFailure(ExitCode.USAGE, LogTimes.text(timeNs)
                + " is before the log begins, at " + LogTimes.text(facts.firstTimeNs()));
        }
        return new LogPoint(Math.min(sequence, last), timeNs);
    }

    /** Returns whether a record counts. */
    public boolean includes(long recordSequence, long recordTimeNs) {
        return recordSequence <= sequence && recordTimeNs <= timeNs;
    }
}
