package io.laurel.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.protocol.SchemaFile.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that were written once, per template: they decode to the known values and these encode to
 * them again for ever. A field that moves, changes its width or takes another's place breaks them;
 * a template without its bytes fails too, and the message names the line to add.
 */
class GoldenBytesTest {
    private static List<String> golden(String file) throws IOException {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                .filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static Map<String, String> goldenTemplates(String schema) throws IOException {
        final Map<String, String> golden = new LinkedHashMap<>();
        for (final String line : golden(schema + ".txt")) {
            final int end = line.indexOf(' ', line.indexOf(' ') + 1);
            golden.put(line.substring(0, end), line.substring(end + 1));
        }
        return golden;
    }

    @ParameterizedTest
    @ValueSource(strings = {"wire", "storage"})
    void shouldReadAndWriteTheBytesOfOldWhateverTheTemplate(String name)
        throws IOException, ReflectiveOperationException {
        final SchemaFile schema = SchemaFile.read(name);
        final Map<String, String> golden = goldenTemplates(name);
        final StringJoiner missing = new StringJoiner("\n");
        final Set<String> templates = new HashSet<>();
        for (final Template template : schema.templates()) {
            final String key = template.id() + " " + template.name();
            final KnownMessage message = new KnownMessage(schema, template);
            assertEquals(template.id(), message.templateId(), key);
            templates.add(key);
            final String line = golden.get(key);
            if (line == null) {
                missing.add(key + ' ' + message.layout() + ' ' + HexFormat.of().formatHex(
                    message.encode(message.values())));
                continue;
            }
            final String[] parts = line.split(" ", -1);
            assertEquals(parts[0], message.layout(), key);
            final byte[] bytes = HexFormat.of().parseHex(parts[1]);
            final Map<String, String> decoded = message.decode(bytes);
            assertEquals(message.values(), decoded, key);
            assertArrayEquals(bytes, message.encode(decoded), key);
        }
        assertEquals("", missing.toString(), "templates without bytes");
        assertEquals(golden.keySet(), templates, "a template is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wire", "storage"})
    void shouldKeepTheNumberOfEveryWord(String name) throws IOException {
        assertEquals(String.join("\n", golden(name + "-words.txt")),
            String.join("\n", SchemaFile.read(name).words()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wire", "storage"})
    void shouldTellAnyTwoFieldsApart(String name) throws ReflectiveOperationException {
        for (final Template template : SchemaFile.read(name).templates()) {
            final KnownMessage message = new KnownMessage(SchemaFile.read(name), template);
            final byte[] bytes = message.encode(message.values());
            for (int i = 0; i < bytes.length; i++) {
                final byte[] changed = bytes.clone();
                changed[i] = 0;
                assertTrue(bytes[i] == 0 || isRefusedOrOther(message, changed),
                    template.name() + ": byte " + i + " is not looked at");
            }
            assertFalse(template.fields().isEmpty() != (bytes.length == 0), template.name());
        }
    }

    private static boolean isRefusedOrOther(KnownMessage message, byte[] changed) {
        try {
            return !message.values().equals(message.decode(changed));
        } catch (final ReflectiveOperationException | IllegalStateException e) {
            return true;
        }
    }
}
