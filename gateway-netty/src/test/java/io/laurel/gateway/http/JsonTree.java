package io.laurel.gateway.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, strings, decimals, truths and null. */
final class JsonTree {
    private JsonTree() {
    }

    static Object read(String text) {
        try (JsonParser json =
            new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return value(json);
        }
    }

    private static Object value(JsonParser json) {
        switch (json.currentToken()) {
            case START_OBJECT:
                final Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    final String name = json.currentName();
                    json.nextToken();
                    object.put(name, value(json));
                }
                return object;
            case START_ARRAY:
                final List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(json));
                }
                return array;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return new BigDecimal(json.getString());
            case VALUE_TRUE, VALUE_FALSE:
                return json.getBooleanValue();
            case VALUE_NULL:
                return null;
            default:
                return json.getString();
        }
    }

    /** Returns what lies at names in maps within maps; null where nothing does. */
    static Object at(Object tree, String... names) {
        Object at = tree;
        for (final String name : names) {
            at = at == null ? null : map(at).get(name);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object tree) {
        return tree == null ? Map.of() : (Map<String, Object>) tree;
    }

    static List<?> list(Object tree) {
        return tree == null ? List.of() : (List<?>) tree;
    }
}
