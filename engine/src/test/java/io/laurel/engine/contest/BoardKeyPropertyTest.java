package io.laurel.engine.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoardKeyPropertyTest {
    private static final long SEED = Long.getLong("laurel.seed", 1);
    private static final long BEGIN = 1_760_000_000_000_000_000L;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Pages pages = new Pages(1 << 22);
    private final IdDictionary ids = IdDictionary.create(Allocator.create(pages), 0,
        new StateHash(7), 8, 1);

    @AfterEach
    void close() {
        pages.close();
    }

    private int id(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ids.intern(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Test
    void shouldNeverContradictTheWholeFieldsWhenThePackedWordsDiffer() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int run = 0; run < 300; run++) {
            final BoardKey packing = new BoardKey(someTieBreakers(random));
            final int windowBits = BoardKey.windowBits(BEGIN, BEGIN + edge(random, DAY_NS));
            final long[][] keys = new long[40][];
            final int[] entities = new int[keys.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = i > 0 && random.nextBoolean() ? keys[random.nextInt(i)].clone()
                    : randomFields(random);
                keys[i][2 + random.nextInt(4)] += random.nextInt(3) - 1;
                keys[i][3] = Math.max(0, keys[i][3]);
                keys[i][5] = Math.max(0, keys[i][5]);
                entities[i] = id(IdCodePropertyTest.someId(random));
                packing.pack(keys[i][2], keys[i][3], (int) keys[i][4], keys[i][5], BEGIN,
                    windowBits, pages, entities[i], i, keys[i]);
                assertTrue(packing.isOf(keys[i], keys[i][2], keys[i][3], (int) keys[i][4],
                    keys[i][5]));
                assertEquals(i, (int) keys[i][1]);
            }
            for (int i = 0; i < keys.length * keys.length; i++) {
                final int a = i / keys.length;
                final int b = i % keys.length;
                check(packing, keys[a], keys[b],
                    IdDictionary.compareIds(pages, entities[a], entities[b]));
            }
        }
    }

    private static void check(BoardKey packing, long[] a, long[] b, int ids) {
        final int fields = Integer.signum(packing.compare(a, b));
        assertEquals(-fields, Integer.signum(packing.compare(b, a)));
        final int whole = fields != 0 ? fields : Integer.signum(ids);
        final int first = Long.compareUnsigned(a[0], b[0]);
        final int packed = Integer.signum(first != 0 ? first
            : Long.compareUnsigned(a[1] >>> 32, b[1] >>> 32));
        assertTrue(packed == 0 || packed == whole, () -> "seed " + SEED + ": "
            + List.of(a[2], a[3], a[4], a[5]) + " and " + List.of(b[2], b[3], b[4], b[5]));
    }

    @Test
    void shouldTellOrdinaryEntriesApartWithoutTheWholeFields() {
        final BoardKey packing = new BoardKey(List.of(TieBreaker.values()));
        final int windowBits = BoardKey.windowBits(BEGIN, BEGIN + DAY_NS);
        final long[] a = new long[BoardKey.LENGTH];
        final long[] b = new long[BoardKey.LENGTH];
        packing.pack(5_000, 20_000, 7, BEGIN + DAY_NS / 2, BEGIN, windowBits, pages, id("u"), 1,
            a);
        for (final long[] worse : new long[][] {{4_999, 20_000, 7, 0}, {5_000, 19_999, 7, 0},
            {5_000, 20_000, 8, 0}, {5_000, 20_000, 7, 1}}) {
            packing.pack(worse[0], worse[1], (int) worse[2], BEGIN + DAY_NS / 2 + worse[3], BEGIN,
                windowBits, pages, id("a"), 2, b);
            final int first = Long.compareUnsigned(a[0], b[0]);
            assertTrue((first != 0 ? first : Long.compareUnsigned(a[1], b[1])) < 0);
            assertTrue(packing.compare(a, b) < 0);
        }
    }

    @Test
    void shouldTellApartByTheirIdsThoseForWhomNothingHasCountedYet() {
        final BoardKey packing = new BoardKey(List.of(TieBreaker.values()));
        final int windowBits = BoardKey.windowBits(BEGIN, BEGIN + 30 * DAY_NS);
        final long[] a = new long[BoardKey.LENGTH];
        final long[] b = new long[BoardKey.LENGTH];
        packing.pack(0, 0, 1, 0, BEGIN, windowBits, pages, id("u_0000123456"), 1, a);
        packing.pack(0, 0, 1, 0, BEGIN, windowBits, pages, id("u_0000123457"), 2, b);
        assertTrue(Long.compareUnsigned(a[0], b[0]) < 0 || a[0] == b[0]
            && Long.compareUnsigned(a[1] >>> 32, b[1] >>> 32) < 0);
    }

    private static List<TieBreaker> someTieBreakers(SplittableRandom random) {
        final List<TieBreaker> all = new ArrayList<>(List.of(TieBreaker.values()));
        Collections.shuffle(all, new java.util.Random(random.nextLong()));
        return all.subList(0, random.nextInt(all.size() + 1));
    }

    private static long[] randomFields(SplittableRandom random) {
        final long score = edge(random, 1L << 46);
        return new long[] {0, 0, random.nextInt(4) == 0 ? -score : score,
            edge(random, 1L << 30), edge(random, 8_192),
            random.nextInt(8) == 0 ? 0 : BEGIN - 1_000 + edge(random, 2 * DAY_NS)};
    }

    /** Returns a number of any length, sometimes far beyond what is usual. */
    private static long edge(SplittableRandom random, long usual) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextLong() >>> 1 + random.nextInt(62);
            case 2 -> (1L << random.nextInt(62)) + random.nextInt(3) - 1;
            default -> random.nextLong(usual);
        };
    }
}
