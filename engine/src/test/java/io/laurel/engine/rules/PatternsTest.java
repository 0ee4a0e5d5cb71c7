package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PatternsTest {
    private static final long SEED = 66L;

    @Test
    void shouldMatchIdsWholeAndPrefixesFromTheFront() {
        final List<String> entries = List.of("slot_9", "g_*", "\ud83c\udfb0*");
        assertTrue(matches(entries, "slot_9"));
        assertFalse(matches(entries, "slot_91"));
        assertFalse(matches(entries, "SLOT_9"));
        assertFalse(matches(entries, "slot_"));
        assertTrue(matches(entries, "g_"));
        assertTrue(matches(entries, "g_66"));
        assertFalse(matches(entries, "g"));
        assertFalse(matches(entries, ""));
        assertTrue(matches(entries, "\ud83c\udfb0x"));
    }

    @Test
    void shouldMatchEverythingWhenTheListIsEmptyOrAStar() {
        assertTrue(matches(List.of(), "x"));
        assertTrue(matches(List.of("*", "a"), ""));
        assertTrue(Patterns.compile(List.of("a*", "*")).matchesEverything());
        assertFalse(Patterns.compile(List.of("a*")).matchesEverything());
    }

    @Test
    void shouldAgreeWithPlainStringsOnRandomLists() {
        final Random random = new Random(SEED);
        int hits = 0;
        for (int number = 0; number < 50_000; number++) {
            final List<String> entries = new ArrayList<>();
            for (int index = random.nextInt(8); index >= 0; index--) {
                entries.add(word(random) + (random.nextBoolean() ? "*" : ""));
            }
            final String value = word(random) + word(random);
            final boolean expected = entries.stream().anyMatch(entry -> entry.endsWith("*")
                ? value.startsWith(entry.substring(0, entry.length() - 1)) : value.equals(entry));
            assertEquals(expected, matches(entries, value),
                "seed " + SEED + ": " + value + " in " + entries);
            hits += expected ? 1 : 0;
        }
        assertTrue(hits > 5000 && hits < 45_000, "both answers occur: " + hits);
    }

    private static String word(Random random) {
        final StringBuilder word = new StringBuilder();
        for (int index = random.nextInt(4); index > 0; index--) {
            word.append("abé".charAt(random.nextInt(3)));
        }
        return word.toString();
    }

    /** Asks both forms, which must agree. */
    private static boolean matches(List<String> entries, String value) {
        final Patterns patterns = Patterns.compile(entries);
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 7]);
        buffer.setMemory(0, buffer.capacity(), (byte) 'a');
        buffer.putBytes(3, bytes);
        final boolean matches = patterns.matches(bytes);
        assertEquals(matches, patterns.matches(buffer, 3, bytes.length));
        return matches;
    }
}
