package io.laurel.perf.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of a result as a table in Markdown. */
final class Table {
    private Table() {
    }

    /** Returns the table of some columns; what a row lacks stays empty. */
    static String of(List<Map<String, Object>> rows, String... columns) {
        final StringBuilder text = new StringBuilder("|");
        for (final String column : columns) {
            text.append(' ').append(column.replace('_', ' ')).append(" |");
        }
        text.append("\n|").append("---|".repeat(columns.length)).append('\n');
        for (final Map<String, Object> row : rows) {
            text.append('|');
            for (final String column : columns) {
                text.append(' ').append(cell(row.get(column))).append(" |");
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }

    private static String cell(Object value) {
        if (value instanceof BigDecimal number && number.scale() <= 0) {
            return String.format(Locale.ROOT, "%,d", number.longValue());
        }
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(Object::toString).toList());
        }
        return value == null ? "" : value.toString();
    }
}
