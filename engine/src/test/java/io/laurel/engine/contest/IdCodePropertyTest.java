package io.laurel.engine.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IdCodePropertyTest {
    private static final long SEED = Long.getLong("laurel.seed", 1);
    private static final String USUAL = "0123456789abcdefghijklmnopqrstuvwxyzABCXYZ_-.:/";

    @Test
    void shouldNeverContradictTheOrderOfTheBytes() {
        final SplittableRandom random = new SplittableRandom(SEED);
        try (Pages pages = new Pages(1 << 24)) {
            final IdDictionary ids = IdDictionary.create(Allocator.create(pages), 0,
                new StateHash(7), 8, 1);
            for (int i = 0; i < 20_000; i++) {
                final String first = someId(random);
                final int a = intern(ids, first);
                final int b = intern(ids, random.nextBoolean() ? someId(random)
                    : first.substring(0, random.nextInt(first.length() + 1)) + someId(random));
                final int bits = 1 + random.nextInt(60);
                final int codes = Long.compareUnsigned(IdCode.first(pages, a, bits),
                    IdCode.first(pages, b, bits));
                assertTrue(codes == 0
                    || codes == Integer.signum(IdDictionary.compareIds(pages, a, b)),
                    () -> "seed " + SEED + ": " + IdDictionary.id(pages, a) + " and "
                        + IdDictionary.id(pages, b) + " by " + bits + " bits");
                assertEquals(0, IdCode.first(pages, a, bits) >>> bits);
            }
        }
    }

    @Test
    void shouldTellIdsOfOrdinaryLengthApart() {
        try (Pages pages = new Pages(1 << 20)) {
            final IdDictionary ids = IdDictionary.create(Allocator.create(pages), 0,
                new StateHash(7), 8, 1);
            for (final String[] pair : new String[][] {{"", "0"}, {"u_0000999999", "u_0001000000"},
                {"player9", "player_1"}, {"12345678901234", "12345678901235"}}) {
                assertTrue(Long.compareUnsigned(IdCode.first(pages, intern(ids, pair[0]), 60),
                    IdCode.first(pages, intern(ids, pair[1]), 60)) < 0, pair[0]);
            }
        }
    }

    /** Returns an id of letters, digits and, now and then, anything that UTF-8 has. */
    static String someId(SplittableRandom random) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 14); i > 0; i--) {
            text.append(random.nextInt(16) == 0 ? (char) random.nextInt(0x700)
                : USUAL.charAt(random.nextInt(USUAL.length())));
        }
        return text.toString();
    }

    private static int intern(IdDictionary ids, String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ids.intern(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
