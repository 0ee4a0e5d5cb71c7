package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition.Periodicity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Semantics 7, bot signals: is a player as regular as a clock? Decided in exact arithmetic. */
final class Regularity {
    private Regularity() {
    }

    /**
     * Returns whether standard deviation / mean of the gaps is below the bound. With n gaps g:
     * (cv)^2 = (n sum(g^2) - sum(g)^2) / sum(g)^2.
     *
     * @param rounds scored rounds of one player in log order
     */
    static boolean isTooRegular(Periodicity rule, List<Scored> rounds) {
        if (rounds.size() < Math.max(2, rule.minRounds()) || rule.maxCv() <= 0) {
            return false;
        }
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        for (int i = 1; i < rounds.size(); i++) {
            final BigInteger gap = BigInteger.valueOf(rounds.get(i).round().ts())
                .subtract(BigInteger.valueOf(rounds.get(i - 1).round().ts()));
            sum = sum.add(gap);
            squares = squares.add(gap.multiply(gap));
        }
        if (sum.signum() <= 0) {
            return false;
        }
        final BigInteger count = BigInteger.valueOf(rounds.size() - 1L);
        final BigDecimal spread =
            new BigDecimal(count.multiply(squares).subtract(sum.multiply(sum)));
        final BigDecimal bound = new BigDecimal(rule.maxCv()).multiply(new BigDecimal(sum));
        return spread.compareTo(bound.multiply(bound)) < 0;
    }
}
