package io.laurel.engine.scenario;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The words of a line: arguments in order, and keys with values. */
final class Words {
    private static final String DAY = "2025-10-25T";
    private static final long SECOND_NS = 1_000_000_000L;

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>();

    Words(String text) {
        for (final String word : text.strip().split("\\s+")) {
            final int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (!word.isEmpty()) {
                arguments.add(word);
            }
        }
    }

    int count() {
        return arguments.size();
    }

    String argument(int index) {
        return arguments.get(index);
    }

    List<String> arguments() {
        return arguments;
    }

    Map<String, String> values() {
        return values;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String value(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    Long amount(String key) {
        return has(key) ? Long.valueOf(values.get(key)) : null;
    }

    /** Takes the first argument away. */
    String shift() {
        return arguments.remove(0);
    }

    static boolean isTime(String word) {
        return word.matches("\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?|\\d{4}-\\d\\d-\\d\\dT\\S+Z");
    }

    /** Reads {@code 18:00}, {@code 18:00:05.25} or a full instant; ns since the Unix epoch. */
    static long timeNs(String word) {
        String text = word.contains("T") ? word : DAY + word + "Z";
        if (text.length() == "2025-10-25T18:00Z".length()) {
            text = text.replace("Z", ":00Z");
        }
        final Instant instant = Instant.parse(text);
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }

    /** Reads {@code 15m}, {@code 30s}, {@code 500ms} or {@code 7ns}. */
    static long durationNs(String word) {
        final String unit = word.replaceAll("[0-9]", "");
        final long count = Long.parseLong(word.substring(0, word.length() - unit.length()));
        return switch (unit) {
            case "h" -> count * 3_600 * SECOND_NS;
            case "m" -> count * 60 * SECOND_NS;
            case "s" -> count * SECOND_NS;
            case "ms" -> count * 1_000_000;
            case "ns" -> count;
            default -> throw new IllegalArgumentException("no such duration: " + word);
        };
    }

    /** Reads a decimal with at most four decimals as units of 10^-4. */
    static long e4(String word) {
        return new BigDecimal(word).movePointRight(4).longValueExact();
    }
}
