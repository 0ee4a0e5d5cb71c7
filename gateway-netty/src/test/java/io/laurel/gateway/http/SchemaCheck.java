package io.laurel.gateway.http;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of JSON Schema that the description of the routes uses, and stricter in one thing: a
 * field that is not described is wrong.
 */
final class SchemaCheck {
    private static final Set<String> KNOWN = Set.of("$ref", "type", "const", "enum", "properties",
        "required", "items", "additionalProperties", "oneOf", "minimum", "maximum", "minLength",
        "maxLength", "pattern", "format", "description");

    private final Object document;

    SchemaCheck(Object document) {
        this.document = document;
    }

    /** Returns what is wrong with a value, with its path; null = nothing. */
    String check(Object schema, Object value, String path) {
        final Map<String, Object> rules = JsonTree.map(schema);
        if (!KNOWN.containsAll(rules.keySet())) {
            throw new IllegalArgumentException(path + ": " + rules.keySet());
        }
        if (rules.get("$ref") instanceof String ref) {
            return check(JsonTree.at(document, ref.substring(2).split("/")), value, path);
        }
        if (rules.containsKey("oneOf")) {
            final long fitting = JsonTree.list(rules.get("oneOf")).stream()
                .filter(one -> check(one, value, path) == null).count();
            return fitting == 1 ? null : path + ": fits " + fitting + " of the alternatives";
        }
        if (rules.containsKey("const") && !rules.get("const").equals(value)
            || rules.containsKey("enum") && !JsonTree.list(rules.get("enum")).contains(value)) {
            return path + ": may not be " + value;
        }
        final String type = (String) rules.get("type");
        if (type != null && !isOf(type, value)) {
            return path + ": is no " + type + ": " + value;
        }
        if (value instanceof Map<?, ?>) {
            return object(rules, JsonTree.map(value), path);
        }
        if (value instanceof List<?> list) {
            return array(rules, list, path);
        }
        return inBounds(rules, value) ? null : path + ": is out of bounds: " + value;
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "number" -> value instanceof BigDecimal;
            case "integer" -> value instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0;
            default -> throw new IllegalArgumentException(type);
        };
    }

    private String object(Map<String, Object> rules, Map<String, Object> value, String path) {
        final Map<String, Object> properties = JsonTree.map(rules.get("properties"));
        for (final Object name : JsonTree.list(rules.get("required"))) {
            if (!value.containsKey(name)) {
                return path + ": lacks " + name;
            }
        }
        for (final Map.Entry<String, Object> field : value.entrySet()) {
            final Object schema = properties.getOrDefault(field.getKey(),
                rules.get("additionalProperties"));
            final String wrong = schema == null ? path + ": " + field.getKey() + " is not described"
                : check(schema, field.getValue(), path + "." + field.getKey());
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private String array(Map<String, Object> rules, List<?> value, String path) {
        for (int i = 0; i < value.size(); i++) {
            final String wrong = check(rules.get("items"), value.get(i), path + "[" + i + "]");
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static boolean inBounds(Map<String, Object> rules, Object value) {
        if (value instanceof BigDecimal number) {
            return (rules.get("minimum") == null
                || number.compareTo((BigDecimal) rules.get("minimum")) >= 0)
                && (rules.get("maximum") == null
                || number.compareTo((BigDecimal) rules.get("maximum")) <= 0);
        }
        if (value instanceof String text) {
            return (rules.get("pattern") == null || text.matches((String) rules.get("pattern")))
                && (rules.get("minLength") == null
                || text.length() >= ((BigDecimal) rules.get("minLength")).intValue())
                && (rules.get("maxLength") == null
                || text.length() <= ((BigDecimal) rules.get("maxLength")).intValue());
        }
        return true;
    }
}
