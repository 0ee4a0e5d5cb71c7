package io.laurel.engine.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants and durations as documents write them. */
final class TimeText {
    static final long SECOND_NS = 1_000_000_000L;
    static final long DAY_NS = 86_400 * SECOND_NS;
    /** 2200-01-01: leaves room in 64 bits for whatever is added to an instant. */
    static final long END_OF_TIME_NS = 7_258_118_400L * SECOND_NS;

    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
        .parseCaseInsensitive().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
        .parseLenient().appendOffset("+HH:mm", "Z").toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern ISO = Pattern.compile("P(?:([0-9]{1,9})W|(?:([0-9]{1,9})D)?"
        + "(T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\\.([0-9]{1,9}))?S)?)?)");

    private TimeText() {
    }

    /**
     * Returns ns since the Unix epoch.
     *
     * @throws DateTimeException where the text is no instant between 1970 and 2199
     */
    static long instantNs(String text) {
        final OffsetDateTime instant = OffsetDateTime.parse(text, INSTANT);
        final long seconds = instant.toEpochSecond();
        if (seconds < 0 || seconds >= END_OF_TIME_NS / SECOND_NS) {
            throw new DateTimeException("outside 1970 to 2199");
        }
        return seconds * SECOND_NS + instant.getNano();
    }

    /**
     * Returns a length of time in ns; a day is 24 hours.
     *
     * @throws DateTimeException where the text is none
     */
    static long durationNs(String text) {
        final Matcher brief = SHORT.matcher(text);
        if (brief.matches()) {
            return multiply(Long.parseLong(brief.group(1)), unitNs(brief.group(2)));
        }
        final Matcher iso = ISO.matcher(text);
        if (!iso.matches() || text.length() < 3 || text.endsWith("T")) {
            throw new DateTimeException("no duration");
        }
        final String fraction = iso.group(7) == null ? "0" : iso.group(7);
        final String nanos = fraction + "0".repeat(9 - fraction.length());
        try {
            return Math.addExact(
                Math.addExact(part(iso, 1, 7 * DAY_NS), part(iso, 2, DAY_NS)),
                Math.addExact(Math.addExact(part(iso, 4, 3600 * SECOND_NS),
                    part(iso, 5, 60 * SECOND_NS)),
                    Math.addExact(part(iso, 6, SECOND_NS), Long.parseLong(nanos))));
        } catch (final ArithmeticException overflow) {
            throw new DateTimeException("too long", overflow);
        }
    }

    /** Returns a duration as ISO 8601 writes it. */
    static String format(long durationNs) {
        return Duration.ofNanos(durationNs).toString();
    }

    private static long part(Matcher iso, int group, long unitNs) {
        return iso.group(group) == null ? 0 : multiply(Long.parseLong(iso.group(group)), unitNs);
    }

    private static long multiply(long count, long unitNs) {
        try {
            return Math.multiplyExact(count, unitNs);
        } catch (final ArithmeticException overflow) {
            throw new DateTimeException("too long", overflow);
        }
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "ms" -> SECOND_NS / 1000;
            case "s" -> SECOND_NS;
            case "m" -> 60 * SECOND_NS;
            case "h" -> 3600 * SECOND_NS;
            default -> DAY_NS;
        };
    }
}
