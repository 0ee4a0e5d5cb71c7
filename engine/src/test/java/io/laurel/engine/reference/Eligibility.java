package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/** Semantics 5, eligibility: each question by itself; {@link ReferenceContest} asks in order. */
final class Eligibility {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int FULL_AGE = 18;

    private Eligibility() {
    }

    static boolean inScope(Scope scope, Round round, PlayerDefinition player) {
        final List<String> segments = player == null ? List.of() : player.segments();
        return matches(scope.brands(), round.brand())
            && matches(scope.markets(), round.market())
            && matches(scope.providers(), round.provider())
            && matches(scope.games(), round.gameId())
            && matches(scope.gameTypes(), round.gameType())
            && matches(scope.currencies(), round.currency())
            && (scope.segmentsAny().isEmpty()
                || segments.stream().anyMatch(one -> matches(scope.segmentsAny(), one)))
            && (scope.segmentsNone().isEmpty()
                || segments.stream().noneMatch(one -> matches(scope.segmentsNone(), one)));
    }

    /** Returns whether a list is empty or names the value, in full or by a prefix with *. */
    static boolean matches(List<String> patterns, String value) {
        if (patterns.isEmpty()) {
            return true;
        }
        return value != null && patterns.stream().anyMatch(pattern -> pattern.endsWith("*")
            ? value.startsWith(pattern.substring(0, pattern.length() - 1))
            : value.equals(pattern));
    }

    static boolean isBlocked(PlayerDefinition player, long ts) {
        return player != null && (player.blocked() || ts < player.selfExcludedUntilNs()
            || isUnderAge(player.birthDay(), ts));
    }

    private static boolean isUnderAge(int birthDay, long ts) {
        if (birthDay == Integer.MIN_VALUE) {
            return false;
        }
        final LocalDate birth = LocalDate.ofEpochDay(birthDay);
        final LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(ts, DAY_NS));
        return Period.between(birth, date).getYears() < FULL_AGE;
    }

    /** Returns min_bet, currency (no minimum stands for it), or null. */
    static String minBet(MinBet minBet, Round round) {
        if (minBet.byCurrency() == null) {
            return round.betMinor() < minBet.any() ? "min_bet" : null;
        }
        final Long least = minBet.byCurrency().get(round.currency());
        if (least == null) {
            return "currency";
        }
        return round.betMinor() < least ? "min_bet" : null;
    }

    static boolean hasRate(FxTable table, String currency) {
        return table == null || table.base().equals(currency)
            || table.rates().containsKey(currency);
    }

    /** Returns whether a round is too short; {@code previousTs} is null where none scored. */
    static boolean isTooShort(AntiAbuse rules, Round round, Long previousTs) {
        if (rules.minRoundDurationNs() == 0) {
            return false;
        }
        if (round.durationNs() != null) {
            return round.durationNs() < rules.minRoundDurationNs();
        }
        return previousTs != null && round.ts() - previousTs < rules.minRoundDurationNs();
    }

    static boolean conforms(AntiAbuse rules, long ts, BigInteger tat) {
        if (rules.rateIntervalNs() == 0) {
            return true;
        }
        final BigInteger allowance = BigInteger.valueOf(rules.rateIntervalNs())
            .multiply(BigInteger.valueOf(rules.rateBurst() - 1L));
        return BigInteger.valueOf(ts).compareTo(tat.subtract(allowance)) >= 0;
    }

    /** Returns the factor of the game, else of its provider, else 1. */
    static double weight(ContestDefinition.Scoring scoring, Round round) {
        final Double game = scoring.gameWeights().get(round.gameId());
        return game != null ? game
            : scoring.providerWeights().getOrDefault(round.provider(), 1.0);
    }
}
