package io.laurel.gateway.json;

import io.laurel.gateway.event.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.StreamReadConstraints;

/** Reads a JSON object whose fields are all strings: the small bodies of operators' commands. */
public final class FlatJson {
    /** Longest text of one field, in characters. */
    public static final int MAX_TEXT = 1_000;

    private static final int MAX_DEPTH = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(
        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build();

    /**
     * What was read.
     *
     * @param fields texts by name
     * @param malformed whether it was no JSON object
     * @param field name of the field that is wrong; empty = none
     * @param message what is wrong with it; null = nothing
     */
    public record Result(Map<String, String> fields, boolean malformed, String field,
        String message) {
    }

    private FlatJson() {
    }

    /**
     * Reads an object; nothing at all counts as an empty one.
     *
     * @param known names that may occur
     */
    public static Result read(byte[] bytes, Set<String> known) {
        if (bytes.length == 0) {
            return new Result(Map.of(), false, "", null);
        }
        if (!Utf8.isValid(bytes, 0, bytes.length)) {
            return new Result(Map.of(), true, "", null);
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return object(json, known);
        } catch (final JacksonException e) {
            return new Result(Map.of(), true, "", null);
        }
    }

    private static Result object(JsonParser json, Set<String> known) {
        final Map<String, String> fields = new LinkedHashMap<>();
        String wrong = "";
        String message = null;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return new Result(Map.of(), true, "", null);
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            final String name = json.currentName();
            final JsonToken value = json.nextToken();
            final String why = !known.contains(name) ? "is not known here"
                : fields.containsKey(name) ? "stands twice"
                : value != JsonToken.VALUE_STRING ? "is not a string"
                : json.getStringLength() > MAX_TEXT ? "is too long" : null;
            if (why == null) {
                fields.put(name, json.getString());
            } else if (message == null) {
                wrong = name;
                message = why;
            }
            json.skipChildren();
        }
        return json.nextToken() != null ? new Result(Map.of(), true, "", null)
            : new Result(fields, false, wrong, message);
    }
}
