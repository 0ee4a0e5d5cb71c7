package io.laurel.replay.export;


/**
 * Writes lines of RFC 4180. A text that a spreadsheet would take for a formula is put behind an
 * apostrophe; numbers of our own are not, so that they stay numbers.
 */
final class CsvRow {
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final String LINE_END = "\r\n";

    private final StringBuilder line = new StringBuilder();
    private boolean begun;

    /** Adds a text; null is an empty cell. */
    CsvRow text(String value) {
        final boolean formula =
            value != null && !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        return cell(formula ? "'" + value : value);
    }

    /** Adds a number as it is written; null is an empty cell. */
    CsvRow number(Object value) {
        return cell(value == null ? null : value.toString());
    }

    private CsvRow cell(String value) {
        if (begun) {
            line.append(',');
        }
        begun = true;
        if (value == null) {
            return this;
        }
        if (value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            line.append(value);
        }
        return this;
    }

    /** Ends the line and returns it. */
    String end() {
        return line.append(LINE_END).toString();
    }
}
