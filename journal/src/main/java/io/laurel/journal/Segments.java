package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Names of segment files. A segment has a number, 1, 2, 3...; Chronicle names files by hours,
 * so number n is the n-th hour of 1970: {@code 19700101-01F.cq4} is segment 1.
 */
final class Segments {
    /** Number of the first segment of a journal. */
    static final long FIRST = 1;
    /** Milliseconds of Chronicle's time that stand for one segment. */
    static final long CYCLE_MS = 3_600_000L;

    private static final String SUFFIX = ".cq4";
    private static final DateTimeFormatter NAME =
        DateTimeFormatter.ofPattern("uuuuMMdd-HH'F'", Locale.ROOT);
    private static final LocalDateTime ORIGIN = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private Segments() {
    }

    static String name(long segment) {
        return NAME.format(ORIGIN.plusHours(segment)) + SUFFIX;
    }

    static Path file(Path directory, long segment) {
        return directory.resolve(name(segment));
    }

    /** Lists the segments of a directory by number; an unknown {@code .cq4} is refused. */
    static TreeMap<Long, Path> list(Path directory) throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        for (Path file : DurableFiles.list(directory, "*" + SUFFIX)) {
            segments.put(number(file), file);
        }
        return segments;
    }

    private static long number(Path file) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - SUFFIX.length());
        try {
            long segment = ORIGIN.until(LocalDateTime.parse(stem, NAME), ChronoUnit.HOURS);
            if (segment >= FIRST && name(segment).equals(name)) {
                return segment;
            }
        } catch (DateTimeException e) {
            throw unknown(file, e);
        }
        throw unknown(file, null);
    }

    private static IOException unknown(Path file, Exception cause) {
        JournalCorruptException unknown = new JournalCorruptException(
            "this is no segment of the journal", file.toString(), 0, 0);
        unknown.initCause(cause);
        return unknown;
    }
}
