package io.laurel.engine.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a document as written, with its place. Scalars keep their text; what they mean is
 * decided by who reads them.
 */
final class YamlNode {
    /** What a node is; PLAIN is a scalar without quotes, TEXT one with them. */
    enum Kind {
        MAP, LIST, TEXT, PLAIN
    }

    final Kind kind;
    /** From 1 on. */
    final int line;
    /** From 1 on. */
    final int column;
    /** Of a scalar. */
    final String text;
    /** Column of the first character of {@code text}; 0 where text and source differ. */
    final int textColumn;
    /** Of a list. */
    final List<YamlNode> items = new ArrayList<>();
    /** Of a map: key nodes, in the order of the document. */
    final List<YamlNode> keys = new ArrayList<>();
    /** Of a map. */
    final Map<String, YamlNode> values = new LinkedHashMap<>();

    YamlNode(Kind kind, int line, int column, String text, int textColumn) {
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.text = text;
        this.textColumn = textColumn;
    }

    boolean isScalar() {
        return kind == Kind.TEXT || kind == Kind.PLAIN;
    }

    boolean isNull() {
        return kind == Kind.PLAIN && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }
}
