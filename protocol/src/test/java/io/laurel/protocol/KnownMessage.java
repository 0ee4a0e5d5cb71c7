package io.laurel.protocol;

import io.laurel.protocol.SchemaFile.Field;
import io.laurel.protocol.SchemaFile.Form;
import io.laurel.protocol.SchemaFile.Template;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message of a template whose every field has a value of its own, made of the field's id: no two
 * fields that could take each other's place hold the same bytes.
 */
final class KnownMessage {
    private static final int LONGEST = 64;

    private final Template template;
    private final Class<?> encoderClass;
    private final Class<?> decoderClass;

    KnownMessage(SchemaFile schema, Template template) throws ClassNotFoundException {
        this.template = template;
        final String name = schema.javaPackage() + '.' + template.name();
        encoderClass = Class.forName(name + "Encoder");
        decoderClass = Class.forName(name + "Decoder");
    }

    int templateId() throws ReflectiveOperationException {
        return encoderClass.getField("TEMPLATE_ID").getInt(null);
    }

    /** Returns where each field lies: name:offset:width in the block, or name where it is data. */
    String layout() throws ReflectiveOperationException {
        final StringJoiner layout = new StringJoiner(",");
        for (final Field field : template.fields()) {
            layout.add(field.form() == Form.DATA ? field.name() : field.name() + ':'
                + encoderClass.getMethod(field.name() + "EncodingOffset").invoke(null) + ':'
                + encoderClass.getMethod(field.name() + "EncodingLength").invoke(null));
        }
        return layout.toString();
    }

    /** Returns block and strings, without a header. */
    byte[] encode(Map<String, String> values) throws ReflectiveOperationException {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final Object encoder = encoderClass.getConstructor().newInstance();
        encoderClass.getMethod("wrap", MutableDirectBuffer.class, int.class)
            .invoke(encoder, buffer, 0);
        for (final Field field : template.fields()) {
            write(encoder, field, values.get(field.name()));
        }
        final byte[] bytes = new byte[(int) encoderClass.getMethod("limit").invoke(encoder)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Returns what a decoder finds in all fields, as text. */
    Map<String, String> decode(byte[] bytes) throws ReflectiveOperationException {
        final Object decoder = decoderClass.getConstructor().newInstance();
        decoderClass.getMethod("wrap", DirectBuffer.class, int.class, int.class, int.class)
            .invoke(decoder, new UnsafeBuffer(bytes), 0,
                decoderClass.getField("BLOCK_LENGTH").getInt(null),
                decoderClass.getField("SCHEMA_VERSION").getInt(null));
        final Map<String, String> values = new LinkedHashMap<>();
        for (final Field field : template.fields()) {
            values.put(field.name(), read(decoder, field));
        }
        return values;
    }

    /** Returns the known values of all fields. */
    Map<String, String> values() throws ReflectiveOperationException {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final Field field : template.fields()) {
            values.put(field.name(), value(field));
        }
        return values;
    }

    private String value(Field field) throws ReflectiveOperationException {
        return switch (field.form()) {
            case NUMBER -> number(field).toString();
            case ENUM -> constant(field).toString();
            case SET -> field.choices().get(field.choices().size() - 1);
            case CHARS, BYTES -> {
                final StringBuilder text = new StringBuilder();
                for (int i = 0; i < field.length(); i++) {
                    text.append((char) ('A' + (7 * field.id() + i) % 26));
                }
                yield text.toString();
            }
            case DATA -> field.name() + "-" + field.id();
        };
    }

    private Number number(Field field) throws ReflectiveOperationException {
        final int width = (int) encoderClass.getMethod(field.name() + "EncodingLength")
            .invoke(null);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) (8 * field.id() + i + 1 & 0x7F) << 8 * i;
        }
        return value;
    }

    private Object constant(Field field) {
        final Object[] all = setter(field.name(), 1).getParameterTypes()[0].getEnumConstants();
        // the last one is NULL_VAL
        return all[1 + field.id() % (all.length - 2)];
    }

    private Method setter(String name, int parameters) {
        return Arrays.stream(encoderClass.getMethods()).filter(method ->
            method.getName().equals(name) && method.getParameterCount() == parameters)
            .findFirst().orElseThrow();
    }

    private void write(Object encoder, Field field, String value)
        throws ReflectiveOperationException {
        final String put = "put" + upper(field.name());
        final byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        switch (field.form()) {
            case NUMBER -> writeNumber(encoder, setter(field.name(), 1), Long.parseLong(value));
            case ENUM -> {
                final Method setter = setter(field.name(), 1);
                setter.invoke(encoder, setter.getParameterTypes()[0]
                    .getMethod("valueOf", String.class).invoke(null, value));
            }
            case SET -> {
                final Object set = encoderClass.getMethod(field.name()).invoke(encoder);
                set.getClass().getMethod("clear").invoke(set);
                set.getClass().getMethod(value, boolean.class).invoke(set, true);
            }
            case CHARS -> encoderClass.getMethod(put, byte[].class, int.class)
                .invoke(encoder, text, 0);
            case BYTES, DATA -> encoderClass.getMethod(put, byte[].class, int.class, int.class)
                .invoke(encoder, text, 0, text.length);
            default -> throw new IllegalStateException(field.toString());
        }
    }

    private static void writeNumber(Object encoder, Method setter, long value)
        throws IllegalAccessException, InvocationTargetException {
        final Class<?> type = setter.getParameterTypes()[0];
        if (type == long.class) {
            setter.invoke(encoder, value);
        } else if (type == int.class) {
            setter.invoke(encoder, (int) value);
        } else {
            setter.invoke(encoder, (short) value);
        }
    }

    private String read(Object decoder, Field field) throws ReflectiveOperationException {
        final String get = "get" + upper(field.name());
        switch (field.form()) {
            case NUMBER, ENUM:
                return decoderClass.getMethod(field.name()).invoke(decoder).toString();
            case SET:
                final Object set = decoderClass.getMethod(field.name()).invoke(decoder);
                final StringBuilder text = new StringBuilder();
                for (final String choice : field.choices()) {
                    text.append((boolean) set.getClass().getMethod(choice).invoke(set)
                        ? choice : "");
                }
                return text.toString();
            case CHARS:
                final byte[] chars = new byte[field.length()];
                decoderClass.getMethod(get, byte[].class, int.class).invoke(decoder, chars, 0);
                return new String(chars, StandardCharsets.US_ASCII);
            default:
                final int length = field.length() > 0 ? field.length()
                    : (int) decoderClass.getMethod(field.name() + "Length").invoke(decoder);
                if (length < 0 || length > LONGEST) {
                    throw new IllegalStateException("no known value is that long: " + length);
                }
                final byte[] bytes = new byte[length];
                decoderClass.getMethod(get, byte[].class, int.class, int.class)
                    .invoke(decoder, bytes, 0, bytes.length);
                return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private static String upper(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
