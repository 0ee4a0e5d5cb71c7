package io.laurel.gateway.json;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON answer in UTF-8. Calls can be chained; for one answer and one thread. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final JsonGenerator json =
        FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);

    /** Opens an object. */
    public JsonWriter object() {
        json.writeStartObject();
        return this;
    }

    /** Opens an object under a name. */
    public JsonWriter object(String name) {
        json.writeName(name);
        return object();
    }

    /** Closes an object. */
    public JsonWriter endObject() {
        json.writeEndObject();
        return this;
    }

    /** Opens an array. */
    public JsonWriter array() {
        json.writeStartArray();
        return this;
    }

    /** Opens an array under a name. */
    public JsonWriter array(String name) {
        json.writeName(name);
        return array();
    }

    /** Closes an array. */
    public JsonWriter endArray() {
        json.writeEndArray();
        return this;
    }

    /** Writes a string into an array. */
    public JsonWriter value(String text) {
        json.writeString(text);
        return this;
    }

    /** Writes a number into an array. */
    public JsonWriter value(long number) {
        json.writeNumber(number);
        return this;
    }

    /** Writes a string; null becomes JSON's null. */
    public JsonWriter field(String name, String text) {
        json.writeStringProperty(name, text);
        return this;
    }

    /** Writes a string where there is one: neither null nor empty. */
    public JsonWriter fieldIfAny(String name, String text) {
        return text == null || text.isEmpty() ? this : field(name, text);
    }

    /** Writes a whole number. */
    public JsonWriter field(String name, long number) {
        json.writeNumberProperty(name, number);
        return this;
    }

    /** Writes a truth. */
    public JsonWriter field(String name, boolean truth) {
        json.writeBooleanProperty(name, truth);
        return this;
    }

    /**
     * Writes a number from its text, as {@link Decimals} makes it.
     *
     * @param number digits, an optional sign and an optional point
     */
    public JsonWriter decimal(String name, String number) {
        json.writeName(name);
        json.writeNumber(number);
        return this;
    }

    /** Writes null under a name. */
    public JsonWriter nothing(String name) {
        json.writeNullProperty(name);
        return this;
    }

    /** Writes strings as an array under a name. */
    public JsonWriter strings(String name, Iterable<String> texts) {
        array(name);
        texts.forEach(this::value);
        return endArray();
    }

    /** Returns how many bytes stand written so far. */
    public int length() {
        json.flush();
        return out.size();
    }

    /** Closes the answer and returns it. */
    public byte[] bytes() {
        json.close();
        return out.toByteArray();
    }
}
