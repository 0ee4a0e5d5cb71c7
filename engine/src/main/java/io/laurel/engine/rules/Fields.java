package io.laurel.engine.rules;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A map of a document whose keys are known. */
final class Fields {
    private final Field map;

    private Fields(Field map) {
        this.map = map;
    }

    /** Takes a map and refuses the first key that is not known. */
    static Fields of(Field map, List<String> known) {
        need(map);
        for (final YamlNode key : map.node.keys) {
            if (!known.contains(key.text)) {
                throw new DocumentException("unknown key '" + Field.clip(key.text) + "'"
                    + (map.path.isEmpty() ? "" : " in " + map.path)
                    + Nearest.hint(key.text, known), child(map, key.text), key.line, key.column);
            }
        }
        return new Fields(map);
    }

    /** Reads a map with free keys, sorted by key. */
    static <T> Map<String, T> free(Field map, Function<Field, String> key,
        Function<Field, T> value) {
        need(map);
        if (map.node.keys.size() > Field.MAX_ENTRIES) {
            throw map.error("must have at most " + Field.MAX_ENTRIES + " entries, found "
                + map.node.keys.size());
        }
        final TreeMap<String, T> entries = new TreeMap<>();
        for (final YamlNode node : map.node.keys) {
            final String path = child(map, node.text);
            // a key is text whatever it looks like
            final YamlNode text = new YamlNode(YamlNode.Kind.TEXT, node.line, node.column,
                node.text, 0);
            entries.put(key.apply(new Field(text, path)),
                value.apply(new Field(map.node.values.get(node.text), path)));
        }
        return Collections.unmodifiableMap(entries);
    }

    private static void need(Field map) {
        if (!map.isMap()) {
            throw map.error("must be a map, found " + map.found());
        }
    }

    private static String child(Field map, String key) {
        return map.path.isEmpty() ? Field.clip(key) : map.path + "." + Field.clip(key);
    }

    /** The value of a key; null where it is absent or null. */
    Field get(String key) {
        final YamlNode value = map.node.values.get(key);
        return value == null || value.isNull() ? null : new Field(value, child(map, key));
    }

    Field needed(String key) {
        final Field value = get(key);
        if (value == null) {
            throw missing(key, "is needed");
        }
        return value;
    }

    /** Text from elsewhere in the place of a key that is absent. */
    Field instead(String key, String text) {
        return new Field(new YamlNode(YamlNode.Kind.TEXT, map.node.line, map.node.column, text, 0),
            child(map, key));
    }

    /** An error about a key that may be absent; then it points at the map. */
    DocumentException missing(String key, String message) {
        final YamlNode value = map.node.values.get(key);
        return new DocumentException(child(map, key) + " " + message, child(map, key),
            value == null ? map.node.line : value.line,
            value == null ? map.node.column : value.column);
    }

    /** Reads a key, or takes the default where it is absent. */
    <T> T read(String key, T absent, Function<Field, T> reader) {
        final Field value = get(key);
        return value == null ? absent : reader.apply(value);
    }
}
