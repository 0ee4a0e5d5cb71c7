package io.laurel.engine.rules;

/** Cuts a formula into tokens, one at a time; columns count characters from 1 on. */
final class FormulaScanner {
    /** What a token is. */
    enum Kind {
        NUMBER, NAME, SYMBOL, END
    }

    private final String text;
    private int end;
    private int start;
    private Kind kind;

    FormulaScanner(String text) {
        this.text = text;
    }

    Kind kind() {
        return kind;
    }

    int column() {
        return start + 1;
    }

    /** The token as written; empty at the end. */
    String token() {
        return text.substring(start, end);
    }

    boolean is(Kind wanted, String token) {
        return kind == wanted && end - start == token.length() && text.startsWith(token, start);
    }

    /** Whether the next character but blanks is this one; the token stays. */
    boolean isFollowedBy(char character) {
        final int next = skipBlanks(end);
        return next < text.length() && text.charAt(next) == character;
    }

    void advance() {
        start = skipBlanks(end);
        end = start;
        if (start == text.length()) {
            kind = Kind.END;
            return;
        }
        final char first = text.charAt(start);
        if (isDigit(first)) {
            kind = Kind.NUMBER;
            scanNumber();
        } else if (isNameStart(first)) {
            kind = Kind.NAME;
            scanName();
        } else {
            kind = Kind.SYMBOL;
            scanSymbol(first);
        }
    }

    DocumentException error(String message) {
        return error(message, column());
    }

    static DocumentException error(String message, int column) {
        return new DocumentException(message + " at column " + column + " of the formula", "", 0,
            column);
    }

    private void scanNumber() {
        end = skipDigits(start);
        if (end < text.length() && text.charAt(end) == '.') {
            final int fraction = end + 1;
            end = skipDigits(fraction);
            if (end == fraction) {
                throw error("expected a digit after the decimal point", fraction + 1);
            }
        }
        if (end < text.length() && (isNameStart(text.charAt(end)) || text.charAt(end) == '.')) {
            throw error("expected an operator after the number, found '" + text.charAt(end) + "'",
                end + 1);
        }
    }

    private void scanName() {
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (text.charAt(end - 1) == '.') {
            throw error("expected the rest of the name after '" + token() + "'", end + 1);
        }
    }

    private void scanSymbol(char first) {
        end = start + 1;
        if ("<>=!".indexOf(first) >= 0 && end < text.length() && text.charAt(end) == '=') {
            end++;
        } else if ("+-*/%(),<>=".indexOf(first) < 0) {
            end = start + Character.charCount(text.codePointAt(start));
            throw error("unknown character '" + token() + "'");
        }
    }

    private int skipBlanks(int from) {
        int index = from;
        while (index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
        return index;
    }

    private int skipDigits(int from) {
        int index = from;
        while (index < text.length() && isDigit(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isNameStart(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
            || character == '_';
    }

    private static boolean isNamePart(char character) {
        return isNameStart(character) || isDigit(character) || character == '.';
    }
}
