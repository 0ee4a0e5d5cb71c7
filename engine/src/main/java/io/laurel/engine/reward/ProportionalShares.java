package io.laurel.engine.reward;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pool by score (semantics 8.3). The cap is a whole number of units, ⌊pool × p⌋: with it as the
 * bound too, rounding up a remainder can never lead beyond it. Sums of a million scores and their
 * products with the pool need more than 128 bits, so they are {@link BigInteger}.
 */
final class ProportionalShares {
    private ProportionalShares() {
    }

    /**
     * Returns the share of each occupied place, place 1 first.
     *
     * @param capPercentE4 of the pool, for each player; 0 = no cap
     * @param scores descending
     * @param occupied how many of them are paid at most
     */
    static long[] of(long poolMinor, long capPercentE4, long[] scores, int occupied) {
        final long[] shares = new long[occupied];
        int paid = 0;
        BigInteger sum = BigInteger.ZERO;
        while (paid < occupied && scores[paid] > 0) {
            sum = sum.add(BigInteger.valueOf(scores[paid]));
            paid++;
        }
        final long cap =
            capPercentE4 == 0 ? poolMinor : Percent.floorOf(poolMinor, capPercentE4);
        long rest = poolMinor;
        int capped = 0;
        // Taking out who exceeds the cap leaves more for each point of the others: who exceeds it
        // once does so in every later round of sharing, and never before a better place does. So
        // one pass from place 1 down ends where repeated rounds over everybody end.
        while (capped < paid && exceeds(rest, scores[capped], sum, cap)) {
            shares[capped] = cap;
            rest -= cap;
            sum = sum.subtract(BigInteger.valueOf(scores[capped]));
            capped++;
        }
        share(rest, sum, scores, shares, capped, paid);
        return shares;
    }

    private static boolean exceeds(long amount, long score, BigInteger sum, long cap) {
        return product(amount, score).compareTo(sum.multiply(BigInteger.valueOf(cap))) > 0;
    }

    private static BigInteger product(long amount, long score) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(score));
    }

    /** Shares what is left among some places by largest remainder. */
    private static void share(long amount, BigInteger sum, long[] scores, long[] shares,
        int from, int to) {
        final List<Remainder> remainders = new ArrayList<>();
        long left = from == to ? 0 : amount;
        for (int index = from; index < to; index++) {
            final BigInteger[] parts = product(amount, scores[index]).divideAndRemainder(sum);
            shares[index] = parts[0].longValueExact();
            left -= shares[index];
            remainders.add(new Remainder(index, parts[1]));
        }
        remainders.sort(Comparator.comparing(Remainder::size).reversed()
            .thenComparingInt(Remainder::index));
        for (int next = 0; next < left; next++) {
            shares[remainders.get(next).index()]++;
        }
    }

    private record Remainder(int index, BigInteger size) {
    }
}
