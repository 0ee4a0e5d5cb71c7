package io.laurel.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units as a configuration writes them. */
public final class Units {
    private static final Pattern NUMBER_AND_UNIT =
        Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?) *([A-Za-z]*)");
    private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L,
        "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L,
        "d", 86_400_000_000_000L);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KB", 1_000L, "MB", 1_000_000L,
        "GB", 1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private Units() {
    }

    /**
     * Returns a duration in ns: {@code 15m}, {@code 60s}, {@code 1.5h}, {@code PT30S}.
     *
     * @throws IllegalArgumentException where the text is no duration with a unit
     */
    public static long durationNs(String text) {
        if (text.startsWith("P")) {
            try {
                final Duration duration = Duration.parse(text);
                if (!duration.isNegative()) {
                    return duration.toNanos();
                }
            } catch (DateTimeParseException | ArithmeticException e) {
                throw new IllegalArgumentException(
                    "'" + text + "' is no ISO 8601 duration such as PT30S", e);
            }
        }
        return scaled(text, NANOS, "a duration such as 500ms, 60s, 15m or PT30S");
    }

    /**
     * Returns a size in bytes: {@code 256MiB}, {@code 8GiB}, {@code 10MB}.
     *
     * @throws IllegalArgumentException where the text is no size with a unit
     */
    public static long sizeBytes(String text) {
        return scaled(text, BYTES, "a size such as 64KiB, 256MiB or 8GiB");
    }

    /**
     * Returns a whole number: {@code 10000}, {@code 10_000_000}.
     *
     * @throws IllegalArgumentException where the text is no whole number
     */
    public static long count(String text) {
        return scaled(text, Map.of("", 1L), "a whole number such as 10_000");
    }

    private static long scaled(String text, Map<String, Long> units, String wanted) {
        final Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        final Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + wanted);
        }
        try {
            return new BigDecimal(matcher.group(1).replace("_", ""))
                .multiply(BigDecimal.valueOf(unit)).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + wanted
                + ": too large, or not a whole number of the smallest unit", e);
        }
    }
}
