package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.KeptRounds.Outcome;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptRoundsPropertyTest {
    private static final int STORE = 9;
    /** Two sources may use one id, even for one time. */
    private static final int IDS = 40;
    private static final Comparator<Round> BEST = Comparator.comparingLong(Round::points)
        .reversed().thenComparingLong(Round::ts);
    private static final Comparator<Round> FIRST = Comparator.comparingLong(Round::ts)
        .thenComparing(Round::idBytes, Arrays::compareUnsigned)
        .thenComparing(Comparator.comparingLong(Round::points).reversed());

    private static final long[] EXTREMES = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE / 2,
        -1, 0, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private final Pages pages = new Pages(16 << 20);
    private final Allocator allocator = Allocator.create(pages);
    private final long listAt = allocator.allocate(0, KeptRounds.HEADER_BYTES);

    private record Round(long points, long ts, String id) {
        byte[] idBytes() {
            return id.getBytes(StandardCharsets.UTF_8);
        }
    }

    @AfterEach
    void close() {
        pages.close();
    }

    @Test
    void shouldKeepTheBestWhenOfferedAtRandom() {
        KeptRounds best = KeptRounds.best(allocator, STORE);
        for (int n : new int[] {1, 2, 3, 4, 5, 20, 33, 1000}) {
            for (int spread : new int[] {2, 10, 100_000}) {
                run(best, false, n, spread, 31 + n);
            }
        }
    }

    @Test
    void shouldKeepTheFirstWhenOfferedAtRandom() {
        KeptRounds first = KeptRounds.first(allocator, STORE);
        for (int n : new int[] {1, 2, 3, 4, 5, 20, 33, 1000}) {
            for (int spread : new int[] {2, 10, 100_000}) {
                run(first, true, n, spread, 41 + n);
            }
        }
    }

    private void run(KeptRounds kept, boolean byTime, int n, int spread, long seed) {
        Random random = new Random(seed);
        List<Round> model = new ArrayList<>();
        int steps = 3 * n + 100;
        for (int i = 0; i < steps; i++) {
            String where = "n " + n + " spread " + spread + " seed " + seed + " step " + i;
            Round round = new Round(random.nextInt(spread) - spread / 2,
                random.nextInt(spread) - spread / 2,
                (random.nextBoolean() ? "r" : "\u00fc") + i % IDS);
            long bytesBefore = allocator.storeBytes(STORE);
            Outcome seen = offer(kept, byTime, n, round);
            assertTrue(allocator.storeBytes(STORE) - bytesBefore <= KeptRounds.maxOfferBytes(n));
            model.add(round);
            model.sort(byTime ? FIRST : BEST);
            Outcome expected = Outcome.KEPT;
            if (model.size() > n) {
                Round gone = model.remove(n);
                expected = same(byTime, gone, round) ? Outcome.NOT_KEPT : Outcome.REPLACED;
                if (expected == Outcome.REPLACED) {
                    assertEquals(gone.points(), kept.evictedPoints(), where);
                    assertEquals(gone.ts(), kept.evictedTs(), where);
                }
            }
            assertEquals(expected, seen, where);
            assertEquals(model.size(), kept.count(listAt), where);
            assertEquals(model.stream().mapToLong(Round::points).sum(), kept.sum(listAt), where);
            assertEquals(model.stream().mapToLong(Round::ts).max().orElseThrow(),
                kept.maxTs(listAt), where);
            if (i % 50 == 0 || i == steps - 1) {
                assertEquals(texts(model, byTime), texts(kept, byTime), where);
            }
        }
        kept.clear(listAt);
        kept.clear(listAt);
        assertEquals(0, allocator.storeBytes(STORE));
        assertEquals(0, kept.count(listAt));
        assertEquals(0, kept.maxTs(listAt));
    }

    /** Two best rounds with equal points and time are the same to a list. */
    private static boolean same(boolean byTime, Round a, Round b) {
        return byTime ? a.equals(b) : a.points() == b.points() && a.ts() == b.ts();
    }

    private Outcome offer(KeptRounds kept, boolean byTime, int n, Round round) {
        if (!byTime) {
            return kept.offer(listAt, n, round.points(), round.ts());
        }
        byte[] id = round.idBytes();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[id.length + 9]);
        buffer.putBytes(5, id);
        return kept.offer(listAt, n, round.points(), round.ts(), buffer, 5, id.length);
    }

    private static List<String> texts(List<Round> rounds, boolean byTime) {
        List<String> texts = new ArrayList<>();
        rounds.forEach(r -> texts.add(r.points() + " " + r.ts() + (byTime ? r.id() : "")));
        Collections.sort(texts);
        return texts;
    }

    private List<String> texts(KeptRounds kept, boolean byTime) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < kept.count(listAt); i++) {
            String id = "";
            if (byTime) {
                long at = kept.idRecordAt(listAt, i);
                byte[] bytes = new byte[pages.getByte(at) & 0xFF];
                pages.getBytes(at + 1, bytes, 0, bytes.length);
                id = new String(bytes, StandardCharsets.UTF_8);
            }
            texts.add(kept.points(listAt, i) + " " + kept.ts(listAt, i) + id);
        }
        Collections.sort(texts);
        return texts;
    }

    @Test
    void shouldReportOverflowExactlyAndChangeNothing() {
        assertTrue(overflowsSeen(KeptRounds.best(allocator, STORE), false) > 1_000);
        assertTrue(overflowsSeen(KeptRounds.first(allocator, STORE), true) > 1_000);
    }

    private int overflowsSeen(KeptRounds kept, boolean byTime) {
        Random random = new Random(51);
        int overflows = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] before = header();
            List<String> roundsBefore = texts(kept, byTime);
            BigInteger exact = sumOfPoints(kept);
            Round round = new Round(EXTREMES[random.nextInt(EXTREMES.length)],
                random.nextInt(1_000), "r" + i);
            BigInteger with = exact.add(BigInteger.valueOf(round.points()));
            switch (offer(kept, byTime, 3, round)) {
                case KEPT -> assertEquals(with, sumOfPoints(kept));
                case REPLACED -> assertEquals(
                    with.subtract(BigInteger.valueOf(kept.evictedPoints())), sumOfPoints(kept));
                case OVERFLOW -> {
                    overflows++;
                    assertArrayEquals(before, header());
                    assertEquals(roundsBefore, texts(kept, byTime));
                    assertTrue(wouldLeave64Bits(kept, with), "seed 51 step " + i);
                }
                default -> assertArrayEquals(before, header());
            }
            assertEquals(sumOfPoints(kept), BigInteger.valueOf(kept.sum(listAt)));
            if (random.nextInt(8) == 0) {
                kept.clear(listAt);
            }
        }
        kept.clear(listAt);
        return overflows;
    }

    private byte[] header() {
        byte[] header = new byte[KeptRounds.HEADER_BYTES];
        pages.getBytes(listAt, header, 0, header.length);
        return header;
    }

    private BigInteger sumOfPoints(KeptRounds kept) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < kept.count(listAt); i++) {
            sum = sum.add(BigInteger.valueOf(kept.points(listAt, i)));
        }
        return sum;
    }

    private boolean wouldLeave64Bits(KeptRounds kept, BigInteger withNew) {
        BigInteger after = withNew;
        if (kept.count(listAt) == 3) {
            after = after.subtract(BigInteger.valueOf(kept.points(listAt, 0)));
        }
        return after.bitLength() > 63;
    }

    @Test
    void shouldRefuseLimitsOutOfRange() {
        KeptRounds best = KeptRounds.best(allocator, STORE);
        assertThrows(IllegalArgumentException.class, () -> best.offer(listAt, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> best.offer(listAt, 1001, 1, 1));
        assertThrows(AssertionError.class, () -> best.offer(listAt, 1, 1, 1, null, 0, 0));
    }
}
