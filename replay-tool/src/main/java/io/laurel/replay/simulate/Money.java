package io.laurel.replay.simulate;

import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.FxTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** What a run costs, against what was bet in its rounds; exact, whatever the sums. */
final class Money {
    private static final int RATIO_DECIMALS = 6;

    private Money() {
    }

    /** Returns the prizes that are money, cash or bonus: minor units per currency. */
    static Map<String, BigInteger> cost(Run run) {
        final Map<String, BigInteger> cost = new TreeMap<>();
        for (final Prize prize : run.prizes()) {
            if (prize.currency() != null) {
                cost.merge(prize.currency(), BigInteger.valueOf(prize.value()), BigInteger::add);
            }
        }
        return cost;
    }

    /**
     * Returns prizes ÷ bets of the scored rounds, six decimals, half to even. Bets in other
     * currencies than that of the prizes are converted by the table that the contest pins, where
     * that is its base. Null where there are no bets, or no common currency.
     */
    static BigDecimal returnRatio(Run run) {
        final Map<String, BigInteger> bets = run.tally().bets();
        final Map<String, BigInteger> cost = cost(run);
        if (bets.isEmpty() || cost.size() > 1) {
            return null;
        }
        final String currency = cost.isEmpty() ? bets.keySet().iterator().next()
            : cost.keySet().iterator().next();
        BigDecimal staked = BigDecimal.ZERO;
        for (final Map.Entry<String, BigInteger> bet : bets.entrySet()) {
            final BigDecimal rate = cost.isEmpty() ? BigDecimal.ONE
                : rate(run, bet.getKey(), currency);
            if (rate == null) {
                return null;
            }
            staked = staked.add(new BigDecimal(bet.getValue()).multiply(rate,
                MathContext.UNLIMITED));
        }
        final BigDecimal paid =
            new BigDecimal(cost.getOrDefault(currency, BigInteger.ZERO));
        return staked.signum() == 0 ? null
            : paid.divide(staked, RATIO_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal rate(Run run, String from, String to) {
        if (from.equals(to)) {
            return BigDecimal.ONE;
        }
        final String id = run.info().definition().fxTable();
        final FxTable table = id == null ? null : run.reads().fx(id);
        if (table == null || !table.base().equals(to) || !table.rates().containsKey(from)) {
            return null;
        }
        final FxTable.Rate rate = table.rates().get(from);
        return BigDecimal.valueOf(rate.mantissa(), rate.scale());
    }

    /** Returns amounts per currency as people read them. */
    static String text(Map<String, BigInteger> amounts) {
        return String.join(", ", amounts.entrySet().stream()
            .map(amount -> amount.getValue() + " " + amount.getKey()).toList());
    }
}
