package io.laurel.gateway.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static boolean libraryTakes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void shouldAgreeWithTheStrictDecoderOfTheLibrary() {
        final long seed = 7;
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] leads = {0x41, 0x1F, 0x20, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF, 0x9F, 0xA0, 0x8F, 0x90};
        for (int i = 0; i < 200_000; i++) {
            final byte[] bytes = new byte[random.nextInt(7)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) leads[random.nextInt(leads.length)];
            }
            assertEquals(libraryTakes(bytes), Utf8.isValid(bytes, 0, bytes.length),
                () -> seed + " " + Arrays.toString(bytes));
            assertEquals(libraryTakes(bytes) && new String(bytes, StandardCharsets.UTF_8)
                .chars().noneMatch(Character::isISOControl),
                Utf8.isValidWithoutControls(bytes, 0, bytes.length),
                () -> seed + " " + Arrays.toString(bytes));
        }
    }

    @Test
    void shouldEncodeLikeTheLibraryAndRefuseHalfPairs() {
        final byte[] to = new byte[64];
        for (final String text : new String[] {"", "abc", "é€𝄞", "\u07FF\u0800\uFFFF"}) {
            final int length = Utf8.encode(text.toCharArray(), 0, text.length(), to);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(to, length));
        }
        for (final String half : new String[] {"\uD834", "a\uDD1E", "\uD834\uD834", "\uD834x"}) {
            assertEquals(-1, Utf8.encode(half.toCharArray(), 0, half.length(), to));
        }
    }
}
