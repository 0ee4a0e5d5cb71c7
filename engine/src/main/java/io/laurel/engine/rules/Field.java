package io.laurel.engine.rules;

import io.laurel.engine.rules.YamlNode.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A value of a document with its path; reads it as one type or says what it should have been.
 */
final class Field {
    /** Entries in a list or a map. */
    static final int MAX_ENTRIES = 10_000;

    private static final Pattern NUMBER = Pattern.compile(
        "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+"
        + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern DECIMAL =
        Pattern.compile("-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,18})?");
    private static final Pattern BOOLEAN = Pattern.compile("true|false|True|False|TRUE|FALSE");

    final YamlNode node;
    final String path;

    Field(YamlNode node, String path) {
        this.node = node;
        this.path = path;
    }

    DocumentException error(String message) {
        return error(message, node.line, node.column);
    }

    DocumentException error(String message, int line, int column) {
        final String subject = path.isEmpty() ? "the document" : path;
        return new DocumentException(subject + " " + message, path, line, column);
    }

    /** Shortens what a hostile document might make long. */
    static String clip(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    String found() {
        return switch (node.kind) {
            case MAP -> "a map";
            case LIST -> "a list";
            case TEXT -> "text '" + clip(node.text) + "'";
            case PLAIN -> node.isNull() ? "nothing" : "'" + clip(node.text) + "'";
        };
    }

    /** Whether this is a scalar without quotes that means a number. */
    boolean isNumber() {
        return node.kind == Kind.PLAIN && node.text.length() <= 64
            && NUMBER.matcher(node.text).matches();
    }

    boolean isMap() {
        return node.kind == Kind.MAP;
    }

    boolean isText() {
        return node.kind == Kind.TEXT || node.kind == Kind.PLAIN && !isNumber() && !node.isNull()
            && !BOOLEAN.matcher(node.text).matches();
    }

    /** Text with whatever is in it. */
    String anyText() {
        if (!isText()) {
            throw error("must be text" + (node.kind == Kind.PLAIN && !node.isNull()
                ? " (put it in quotes)" : "") + ", found " + found());
        }
        return node.text;
    }

    /** Text of 1 to so many bytes of UTF-8, without control characters. */
    String text(int maxBytes) {
        if (anyText().isEmpty()) {
            throw error("must not be empty");
        }
        if (!isWellFormed(node.text)) {
            throw error("must not hold control characters or halves of characters");
        }
        final int length = node.text.getBytes(StandardCharsets.UTF_8).length;
        if (length > maxBytes) {
            throw error("must have at most " + maxBytes + " bytes, found " + length);
        }
        return node.text;
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.CONTROL
            || Character.getType(point) == Character.SURROGATE);
    }

    /** Text that matches a pattern, described for the error. */
    String matching(Pattern pattern, String description) {
        final String text = text(MAX_ENTRIES);
        if (!pattern.matcher(text).matches()) {
            throw error("must be " + description + ", found '" + clip(text) + "'");
        }
        return text;
    }

    long integer(long least, long most) {
        if (node.kind != Kind.PLAIN || !INTEGER.matcher(node.text).matches()) {
            throw error("must be a whole number from " + least + " to " + most + ", found "
                + found());
        }
        final BigDecimal value = new BigDecimal(node.text);
        if (value.compareTo(BigDecimal.valueOf(least)) < 0
            || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw error("must be from " + least + " to " + most + ", found " + node.text);
        }
        return value.longValueExact();
    }

    int int32(int least, int most) {
        return (int) integer(least, most);
    }

    /** A decimal number, exactly as written; both bounds belong to the range. */
    BigDecimal decimal(String least, String most, int decimals) {
        if (node.kind != Kind.PLAIN || !DECIMAL.matcher(node.text).matches()) {
            throw error("must be a decimal number from " + least + " to " + most + ", found "
                + found());
        }
        final BigDecimal value = new BigDecimal(node.text);
        if (value.compareTo(new BigDecimal(least)) < 0
            || value.compareTo(new BigDecimal(most)) > 0) {
            throw error("must be from " + least + " to " + most + ", found " + node.text);
        }
        final BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (plain.scale() > decimals) {
            throw error("must have at most " + decimals + " decimals, found " + node.text);
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    boolean bool() {
        if (node.kind != Kind.PLAIN || !BOOLEAN.matcher(node.text).matches()) {
            throw error("must be true or false, found " + found());
        }
        return node.text.charAt(0) == 't' || node.text.charAt(0) == 'T';
    }

    /** One of some names. */
    String oneOf(List<String> names) {
        final String text = isText() ? node.text : "";
        if (!names.contains(text)) {
            throw error("must be one of " + String.join(", ", names) + "; found " + found()
                + (isText() ? Nearest.hint(text, names) : ""));
        }
        return text;
    }

    /** A constant of an enum by its lower-case name. */
    <E extends Enum<E>> E choice(Class<E> type) {
        final E[] constants = type.getEnumConstants();
        final List<String> names = Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
        return constants[names.indexOf(oneOf(names))];
    }

    /** ISO 8601 with offset, as ns since the Unix epoch. */
    long instantNs() {
        try {
            return TimeText.instantNs(text(64));
        } catch (final DateTimeException error) {
            throw error("must be an instant from 1970 to 2199 such as 2025-10-25T18:00Z, found "
                + found());
        }
    }

    /** ISO 8601 or a number with a unit, as ns. */
    long durationNs(long leastNs, long mostNs) {
        final long value;
        try {
            value = TimeText.durationNs(text(64));
        } catch (final DateTimeException error) {
            throw error("must be a duration such as PT30S or 30s, found " + found());
        }
        if (value < leastNs || value > mostNs) {
            throw error("must be from " + TimeText.format(leastNs) + " to "
                + TimeText.format(mostNs) + ", found '" + node.text + "'");
        }
        return value;
    }

    /** An IANA time zone. */
    String zone() {
        final String text = text(64);
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw error("must be an IANA time zone such as Europe/Kyiv, found '" + text + "'");
        }
        return text;
    }

    <T> List<T> list(Function<Field, T> item) {
        if (node.kind != Kind.LIST) {
            throw error("must be a list, found " + found());
        }
        if (node.items.size() > MAX_ENTRIES) {
            throw error("must have at most " + MAX_ENTRIES + " entries, found "
                + node.items.size());
        }
        final List<T> items = new ArrayList<>();
        for (int index = 0; index < node.items.size(); index++) {
            items.add(item.apply(new Field(node.items.get(index), path + "[" + index + "]")));
        }
        return items;
    }

    /** A list whose order means nothing: sorted, each once. */
    List<String> sorted(Function<Field, String> item) {
        return list(item).stream().distinct().sorted().toList();
    }
}
