package io.laurel.engine.rules;

/** A document that cannot be taken; says where and why. */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final int line;
    private final int column;

    /**
     * Names the place.
     *
     * @param message what is wrong and what would be right
     * @param field path of the key, such as {@code scoring.formula}; empty = the document
     * @param line from 1 on; 0 = unknown
     * @param column from 1 on; 0 = unknown
     */
    public DocumentException(String message, String field, int line, int column) {
        super(message);
        this.field = field;
        this.line = line;
        this.column = column;
    }

    /** Returns the path of the key. */
    public String field() {
        return field;
    }

    /** Returns the line, from 1 on; 0 where it is unknown. */
    public int line() {
        return line;
    }

    /** Returns the column, from 1 on; 0 where it is unknown. */
    public int column() {
        return column;
    }
}
