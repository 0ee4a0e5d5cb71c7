package io.laurel.replay.diff;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.replay.CommandFields;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares two logs command by command, whatever blocks, files and epochs they came in, and ends
 * at the first difference.
 */
final class LogDiff {
    private static final int BATCH_RECORDS = 1_024;

    private LogDiff() {
    }

    /**
     * A field that differs; null where one side has none of that name.
     *
     * @param name as {@code dump} prints it
     */
    record FieldDifference(String name, String left, String right) {
    }

    /**
     * What a comparison came to.
     *
     * @param first sequence with which it began: 1, or where the later of two logs begins whose
     *     older segments were pruned
     * @param equal whether both logs hold the same commands
     * @param sequence of the first difference; where there is none, the last of both
     * @param fields that differ there; empty where one log ends before it
     * @param leftEnds whether the left log ends before the first difference
     * @param rightEnds whether the right one does
     */
    record Result(long first, boolean equal, long sequence, List<FieldDifference> fields,
        boolean leftEnds, boolean rightEnds) {
    }

    /**
     * Compares the logs in two directories of segments.
     *
     * @throws IOException where one cannot be read or believed before they differ
     */
    static Result compare(Path left, Path right, Progress progress) throws IOException {
        try (JournalReader leftReader = JournalFiles.openReader(left);
             JournalReader rightReader = JournalFiles.openReader(right)) {
            final long first = Math.max(firstSequence(left), firstSequence(right));
            long sequence = first;
            while (true) {
                final List<byte[]> mine = batch(leftReader, sequence);
                final List<byte[]> theirs = batch(rightReader, sequence);
                final int both = Math.min(mine.size(), theirs.size());
                for (int i = 0; i < both; i++) {
                    if (!same(mine.get(i), theirs.get(i))) {
                        return new Result(first, false, sequence + i,
                            fields(mine.get(i), theirs.get(i)), false, false);
                    }
                }
                sequence += both;
                if (mine.size() != theirs.size()) {
                    return new Result(first, false, sequence, List.of(),
                        mine.size() < theirs.size(), theirs.size() < mine.size());
                }
                if (both < BATCH_RECORDS) {
                    return new Result(first, true, sequence - 1, List.of(), true, true);
                }
                progress.onProgress(sequence, timeNs(mine.get(both - 1)));
            }
        }
    }

    private static long firstSequence(Path journal) throws IOException {
        final LogStart start = JournalFiles.prunedStart(journal);
        return start == null ? 1 : start.sequence() + 1;
    }

    private static List<byte[]> batch(JournalReader reader, long fromSequence)
        throws IOException {
        final List<byte[]> records = new ArrayList<>(BATCH_RECORDS);
        reader.read(fromSequence, (buffer, offset, length) -> {
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
            return records.size() < BATCH_RECORDS;
        });
        return records;
    }

    private static boolean same(byte[] left, byte[] right) {
        return Arrays.equals(left, LogRecord.SEQUENCE_OFFSET, left.length, right,
            LogRecord.SEQUENCE_OFFSET, right.length);
    }

    private static List<FieldDifference> fields(byte[] left, byte[] right) {
        final Map<String, Object> mine = named(left);
        final Map<String, Object> theirs = named(right);
        final Set<String> names = new LinkedHashSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        final List<FieldDifference> differences = new ArrayList<>();
        for (final String name : names) {
            final String here = text(mine.get(name));
            final String there = text(theirs.get(name));
            if (here == null || !here.equals(there)) {
                differences.add(new FieldDifference(name, here, there));
            }
        }
        if (differences.isEmpty()) {
            final int at = Arrays.mismatch(left, LogRecord.SEQUENCE_OFFSET, left.length, right,
                LogRecord.SEQUENCE_OFFSET, right.length) + LogRecord.SEQUENCE_OFFSET;
            differences.add(new FieldDifference("byte " + at + " of the record",
                byteAt(left, at), byteAt(right, at)));
        }
        return differences;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String byteAt(byte[] record, int at) {
        return at < record.length ? String.format("%02x", record[at]) : null;
    }

    private static Map<String, Object> named(byte[] bytes) {
        final UnsafeBuffer record = new UnsafeBuffer(bytes);
        final int template = LogRecord.u16(record, LogRecord.TEMPLATE_OFFSET);
        final int version = LogRecord.u16(record, LogRecord.VERSION_OFFSET);
        final int block = LogRecord.u16(record, LogRecord.BLOCK_LENGTH_OFFSET);
        final Map<String, Object> fields = new LinkedHashMap<>(CommandFields.of(
            record.getLong(LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN), timeNs(bytes),
            template, version, block, record, LogRecord.HEADER_BYTES));
        if (template == PublishContestDecoder.TEMPLATE_ID) {
            rules(fields, new PublishContestDecoder().wrap(record, LogRecord.HEADER_BYTES, block,
                version));
        }
        return fields;
    }

    /** A hash alone would not say what two definitions differ in. */
    private static void rules(Map<String, Object> to, PublishContestDecoder from) {
        from.skipActor();
        final byte[] canonical = new byte[from.definitionLength()];
        from.getDefinition(canonical, 0, canonical.length);
        final ContestDefinition rules =
            ContestDefinitionCodec.decode(new UnsafeBuffer(canonical), 0, canonical.length);
        to.put("name", rules.name());
        to.put("window", rules.window());
        to.put("schedule", rules.schedule());
        to.put("scope", rules.scope());
        to.put("opt_in", rules.optIn());
        to.put("scoring", rules.scoring());
        to.put("leaderboard", rules.board());
        to.put("anti_abuse", rules.antiAbuse());
        to.put("rewards", rules.rewards());
        to.put("fx", rules.fxTable());
        to.put("late_grace_ns", rules.lateGraceNs());
        to.put("appeal_ns", rules.appealNs());
        to.put("restart", rules.restart());
        to.values().removeIf(value -> value == null);
    }

    private static long timeNs(byte[] record) {
        return new UnsafeBuffer(record).getLong(LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
