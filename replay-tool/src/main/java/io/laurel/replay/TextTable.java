package io.laurel.replay;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell; numbers stand to the right. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /**
     * Begins with the heads of the columns.
     *
     * @param heads a head that begins with {@code >} marks a column of numbers
     */
    public TextTable(String... heads) {
        right = new boolean[heads.length];
        final String[] row = new String[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            row[i] = right[i] ? heads[i].substring(1) : heads[i];
        }
        rows.add(row);
    }

    /** Adds a row; null is an empty cell. */
    public TextTable row(Object... cells) {
        final String[] row = new String[right.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells[i] == null ? "" : cells[i].toString();
        }
        rows.add(row);
        return this;
    }

    /** Returns the lines, without blanks at their ends. */
    public List<String> lines() {
        final int[] widths = new int[right.length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        return rows.stream().map(row -> {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                final String gap = " ".repeat(widths[i] - width(row[i]));
                line.append(i == 0 ? "" : "  ").append(right[i] ? gap + row[i] : row[i] + gap);
            }
            return line.toString().stripTrailing();
        }).toList();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
