package io.laurel.replay.simulate;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.IntHashSet;

/** Who took part in one contest, with how much; memory grows with the number of players. */
final class Tally {
    private final Map<ResultCode, Long> unscored = new EnumMap<>(ResultCode.class);
    private final Map<Integer, Sum> bets = new TreeMap<>();
    private final IntHashSet players = new IntHashSet();
    private long scored;
    private int epoch;

    /** A sum beyond 64 bits, cheap while it is not. */
    private static final class Sum {
        private BigInteger carried = BigInteger.ZERO;
        private long part;

        void add(long amount) {
            if (part > Long.MAX_VALUE - amount) {
                carried = carried.add(BigInteger.valueOf(part));
                part = 0;
            }
            part += amount;
        }

        BigInteger total() {
            return carried.add(BigInteger.valueOf(part));
        }
    }

    /** Counts a round that scored; a later epoch voids what was counted before. */
    void scored(ClosedRound round, int roundEpoch) {
        if (roundEpoch > epoch) {
            epoch = roundEpoch;
            scored = 0;
            bets.clear();
            players.clear();
        }
        scored++;
        players.add(round.player());
        bets.computeIfAbsent(round.currency(), currency -> new Sum()).add(round.betMinor());
    }

    /** Counts a round that was looked at in vain. */
    void unscored(ResultCode reason) {
        unscored.merge(reason, 1L, Long::sum);
    }

    long rounds() {
        return scored;
    }

    long players() {
        return players.size();
    }

    /** Returns rounds looked at in vain, per reason, in the order of the reasons. */
    Map<ResultCode, Long> unscored() {
        return unscored;
    }

    /** Returns the bets of the rounds that scored, minor units per ISO 4217 code. */
    Map<String, BigInteger> bets() {
        final Map<String, BigInteger> byCode = new TreeMap<>();
        bets.forEach((currency, sum) -> byCode.put(code(currency), sum.total()));
        return byCode;
    }

    private static String code(int packed) {
        return "" + (char) (packed >> 16 & 0xFF) + (char) (packed >> 8 & 0xFF)
            + (char) (packed & 0xFF);
    }
}
