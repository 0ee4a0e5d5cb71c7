package io.laurel.engine.reward;

import io.laurel.engine.rules.ContestDefinition.LadderStep;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The arithmetic of semantics 8.2 and 8.3 once more, as it reads: every place by itself, every
 * round of sharing over everybody, exact decimals and fractions. Shares nothing with the real one.
 */
public final class NaivePayouts {
    private NaivePayouts() {
    }

    /** Returns the share of each occupied place. */
    public static List<BigInteger> ladder(long pool, List<LadderStep> ladder, int occupied) {
        final List<BigInteger> shares = new ArrayList<>();
        final List<Integer> sharing = new ArrayList<>();
        BigDecimal percent = BigDecimal.ZERO;
        BigInteger paid = BigInteger.ZERO;
        for (int place = 1; place <= occupied; place++) {
            BigInteger share = BigInteger.ZERO;
            for (final LadderStep step : ladder) {
                if (step.firstRank() <= place && place <= step.lastRank()
                    && step.prize() == null) {
                    final BigDecimal own = BigDecimal.valueOf(step.percentE4(), 4);
                    share = ofPool(pool, own);
                    percent = percent.add(own);
                    sharing.add(place);
                }
            }
            shares.add(share);
            paid = paid.add(share);
        }
        BigInteger left = ofPool(pool, percent).subtract(paid);
        for (final int place : sharing) {
            if (left.signum() > 0) {
                shares.set(place - 1, shares.get(place - 1).add(BigInteger.ONE));
                left = left.subtract(BigInteger.ONE);
            }
        }
        return shares;
    }

    private static BigInteger ofPool(long pool, BigDecimal percent) {
        return BigDecimal.valueOf(pool).multiply(percent, MathContext.UNLIMITED)
            .divide(BigDecimal.valueOf(100)).setScale(0, RoundingMode.FLOOR).unscaledValue();
    }

    /** Returns the share of each occupied place; a cap of null is none. */
    public static List<BigInteger> proportional(long pool, BigDecimal capPercent, int paidRanks,
        long[] scores) {
        final int places = Math.min(paidRanks, scores.length);
        final Set<Integer> sharing = new HashSet<>();
        for (int index = 0; index < places; index++) {
            if (scores[index] > 0) {
                sharing.add(index);
            }
        }
        final BigInteger[] shares = new BigInteger[places];
        Arrays.fill(shares, BigInteger.ZERO);
        final BigInteger cap = capPercent == null ? null : ofPool(pool, capPercent);
        BigInteger rest = BigInteger.valueOf(pool);
        boolean again = true;
        while (again) {
            final BigInteger sum = sum(scores, sharing);
            final Set<Integer> over = new HashSet<>();
            for (final int index : sharing) {
                final BigInteger[] share = share(rest, scores[index], sum);
                final boolean above = cap != null && (share[0].compareTo(cap) > 0
                    || share[0].equals(cap) && share[1].signum() > 0);
                if (above) {
                    over.add(index);
                }
            }
            for (final int index : over) {
                shares[index] = cap;
                rest = rest.subtract(cap);
            }
            sharing.removeAll(over);
            again = !over.isEmpty();
        }
        remainders(rest, scores, sharing, shares);
        return List.of(shares);
    }

    private static void remainders(BigInteger rest, long[] scores, Set<Integer> sharing,
        BigInteger[] shares) {
        final BigInteger sum = sum(scores, sharing);
        final List<Integer> open = new ArrayList<>(sharing);
        BigInteger left = sharing.isEmpty() ? BigInteger.ZERO : rest;
        for (final int index : sharing) {
            shares[index] = share(rest, scores[index], sum)[0];
            left = left.subtract(shares[index]);
        }
        while (left.signum() > 0) {
            int best = open.get(0);
            for (final int index : open) {
                final int order = share(rest, scores[index], sum)[1]
                    .compareTo(share(rest, scores[best], sum)[1]);
                if (order > 0 || order == 0 && index < best) {
                    best = index;
                }
            }
            open.remove((Integer) best);
            shares[best] = shares[best].add(BigInteger.ONE);
            left = left.subtract(BigInteger.ONE);
        }
    }

    private static BigInteger sum(long[] scores, Set<Integer> sharing) {
        return sharing.stream().map(index -> BigInteger.valueOf(scores[index]))
            .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Whole part and remainder over the sum. */
    private static BigInteger[] share(BigInteger rest, long score, BigInteger sum) {
        return rest.multiply(BigInteger.valueOf(score)).divideAndRemainder(sum);
    }
}
