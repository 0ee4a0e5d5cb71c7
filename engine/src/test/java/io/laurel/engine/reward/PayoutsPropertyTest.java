package io.laurel.engine.reward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Prize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random ladders and scores against {@link NaivePayouts}, and what holds for all of them. */
class PayoutsPropertyTest {
    private static final int CASES = Boolean.getBoolean("laurel.long") ? 1_000_000 : 20_000;
    private static final long WHOLE_E4 = 1_000_000;
    private static final long MAX_POOL = 1_000_000_000_000_000L;

    @Test
    void shouldPayLaddersAsTheNaiveTwinDoes() {
        final Random random = new Random(823);
        int rounded = 0;
        for (int number = 0; number < CASES; number++) {
            final long pool = pool(random);
            final List<LadderStep> ladder = ladder(random);
            final int occupied = random.nextInt(60);
            final long[] shares = LadderShares.of(pool, ladder, occupied);
            final String title = "case " + number + ": " + pool + " over " + ladder + " for "
                + occupied;
            assertArrayEquals(longs(NaivePayouts.ladder(pool, ladder, occupied)), shares, title);
            long percentE4 = 0;
            for (final LadderStep step : ladder) {
                final int last = Math.min(step.lastRank(), occupied);
                percentE4 += step.percentE4() * Math.max(0, last - step.firstRank() + 1);
                for (int place = step.firstRank() + 1; place <= last; place++) {
                    assertTrue(shares[place - 2] >= shares[place - 1], title);
                    rounded += shares[place - 2] > shares[place - 1] ? 1 : 0;
                }
            }
            // all that the occupied places are promised is paid, and not a unit more
            assertEquals(BigInteger.valueOf(pool).multiply(BigInteger.valueOf(percentE4))
                .divide(BigInteger.valueOf(WHOLE_E4)).longValueExact(),
                LongStream.of(shares).sum(), title);
        }
        assertTrue(rounded > CASES / 50, "units from rounding are among the cases: " + rounded);
    }

    @Test
    void shouldFallByRankWhenTheLadderDoes() {
        final Random random = new Random(824);
        for (int number = 0; number < CASES; number++) {
            final List<LadderStep> ladder = new ArrayList<>();
            long left = WHOLE_E4;
            long percentE4 = left;
            for (int place = 1; place <= 1 + random.nextInt(20) && left > 0; place++) {
                percentE4 = 1 + random.nextInt((int) Math.min(percentE4, left));
                ladder.add(new LadderStep(place, place, percentE4, null));
                left -= percentE4;
            }
            final long[] shares = LadderShares.of(pool(random), ladder, ladder.size());
            for (int index = 1; index < shares.length; index++) {
                assertTrue(shares[index - 1] >= shares[index], "case " + number + ": " + ladder);
            }
        }
    }

    @Test
    void shouldShareByScoreAsTheNaiveTwinDoes() {
        final Random random = new Random(825);
        int allCapped = 0;
        int someCapped = 0;
        int beyondLong = 0;
        for (int number = 0; number < CASES; number++) {
            final long pool = pool(random);
            final long capE4 = random.nextInt(3) == 0 ? 0
                : 1 + random.nextInt(1 + random.nextInt((int) WHOLE_E4));
            final long[] scores = scores(random);
            final int paidRanks = 1 + random.nextInt(20);
            final int occupied = Math.min(paidRanks, scores.length);
            final long[] shares = ProportionalShares.of(pool, capE4, scores, occupied);
            final String title = "case " + number + ": " + pool + " capped at " + capE4
                + "e-4 percent over " + LongStream.of(scores).boxed().toList() + " for "
                + paidRanks;
            assertArrayEquals(longs(NaivePayouts.proportional(pool,
                capE4 == 0 ? null : BigDecimal.valueOf(capE4, 4), paidRanks, scores)), shares,
                title);
            final long cap = capE4 == 0 ? pool : Percent.floorOf(pool, capE4);
            final long sum = LongStream.of(shares).sum();
            boolean full = true;
            for (int index = 0; index < occupied; index++) {
                assertTrue(shares[index] >= 0 && shares[index] <= cap, title);
                assertTrue(scores[index] > 0 || shares[index] == 0, title);
                full &= scores[index] <= 0 || shares[index] == cap;
                someCapped += capE4 > 0 && shares[index] == cap && cap > 0 ? 1 : 0;
                if (index > 0) {
                    assertTrue(shares[index - 1] >= shares[index], title);
                    assertTrue(scores[index - 1] != scores[index]
                        || shares[index - 1] - shares[index] <= 1, title);
                }
            }
            // nothing returns but what the caps leave over
            assertTrue(sum == pool || full && sum < pool, title);
            allCapped += full && sum > 0 && sum < pool ? 1 : 0;
            beyondLong += occupied > 2 && scores[2] > Long.MAX_VALUE / 3 ? 1 : 0;
        }
        assertTrue(allCapped > CASES / 50 && someCapped > CASES / 50 && beyondLong > CASES / 100,
            "all capped " + allCapped + ", some " + someCapped + ", large " + beyondLong);
    }

    private static long pool(Random random) {
        return random.nextLong(MAX_POOL >> random.nextInt(50));
    }

    /** Steps with gaps, some of another kind, that share 100 percent at most. */
    private static List<LadderStep> ladder(Random random) {
        final List<LadderStep> ladder = new ArrayList<>();
        long left = WHOLE_E4;
        int next = 1 + random.nextInt(3);
        for (int steps = 1 + random.nextInt(8); steps > 0; steps--) {
            final int places = 1 + random.nextInt(12);
            final long most = left / places;
            final int last = next + places - 1;
            if (random.nextInt(6) == 0 || most == 0) {
                ladder.add(new LadderStep(next, last, 0,
                    new Prize("points", 5, null, null, null)));
            } else {
                final long percentE4 = random.nextInt(4) == 0 ? most : 1 + random.nextLong(most);
                ladder.add(new LadderStep(next, last, percentE4, null));
                left -= percentE4 * places;
            }
            next = last + 1 + random.nextInt(3) / 2;
        }
        return ladder;
    }

    /** In rank order; small ones with many ties, or as large as scores get. */
    private static long[] scores(Random random) {
        final int bits = 1 + random.nextInt(63);
        return random.longs(random.nextInt(20), 0, Long.MAX_VALUE)
            .map(score -> (score >>> 63 - bits) - (bits < 6 ? 4 : 0)).map(score -> -score)
            .sorted().map(score -> -score).toArray();
    }

    private static long[] longs(List<BigInteger> numbers) {
        return numbers.stream().mapToLong(BigInteger::longValueExact).toArray();
    }
}
