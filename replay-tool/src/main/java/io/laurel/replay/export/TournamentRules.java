package io.laurel.replay.export;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The rules of a contest in words, as a regulator's record wants them: one line each. */
final class TournamentRules {
    private static final int PERCENT_DECIMALS = 4;

    private TournamentRules() {
    }

    /** Returns the name: the English one, else the first, else the id. */
    static String name(ContestDefinition rules) {
        final Map<String, String> names = rules.name();
        return names.getOrDefault("en",
            names.isEmpty() ? rules.id() : names.values().iterator().next());
    }

    /** Returns which rounds belong. */
    static String events(Scope scope) {
        final StringJoiner words = new StringJoiner("; ").setEmptyValue("all rounds");
        list(words, "brands", scope.brands());
        list(words, "markets", scope.markets());
        list(words, "providers", scope.providers());
        list(words, "games", scope.games());
        list(words, "currencies", scope.currencies());
        list(words, "segments, any of", scope.segmentsAny());
        list(words, "segments, none of", scope.segmentsNone());
        return words.toString();
    }

    private static void list(StringJoiner words, String name, List<String> values) {
        if (!values.isEmpty()) {
            words.add(name + " " + String.join(" ", values));
        }
    }

    /** Returns the types of games. */
    static String wagerTypes(Scope scope) {
        return scope.gameTypes().isEmpty() ? "all" : String.join(" ", scope.gameTypes());
    }

    /** Returns how one takes part and what a round is worth. */
    static String participation(ContestDefinition rules) {
        final Scoring scoring = rules.scoring();
        final StringJoiner words = new StringJoiner("; ");
        words.add(rules.optIn() ? "players enter first" : "the first scoring round enters");
        words.add("a round scores " + scoring.formulaText());
        if (scoring.floorAtZero()) {
            words.add("negative points count as 0");
        }
        if (scoring.minBet().byCurrency() != null) {
            words.add("lowest bet, minor units, by currency " + scoring.minBet().byCurrency());
        } else if (scoring.minBet().any() > 0) {
            words.add("lowest bet " + scoring.minBet().any() + " minor units");
        }
        list(words, "eligible games", scoring.eligibleGames());
        if (!scoring.gameWeights().isEmpty()) {
            words.add("weights of games " + scoring.gameWeights());
        }
        if (!scoring.providerWeights().isEmpty()) {
            words.add("weights of providers " + scoring.providerWeights());
        }
        antiAbuse(words, rules.antiAbuse());
        if (rules.fxTable() != null) {
            words.add("exchange rates " + rules.fxTable());
        }
        return words.toString();
    }

    private static void antiAbuse(StringJoiner words, AntiAbuse rules) {
        if (rules.minRoundDurationNs() > 0) {
            words.add("shortest round " + rules.minRoundDurationNs() / 1_000_000 + " ms");
        }
        if (rules.rateIntervalNs() > 0) {
            words.add("at most a round every " + rules.rateIntervalNs() + " ns, "
                + rules.rateBurst() + " at once");
        }
        list(words, "excluded networks", rules.excludedAsnCategories());
        if (rules.excludeHeadless()) {
            words.add("no headless devices");
        }
    }

    /** Returns how the winners are found. */
    static String methodology(Board board) {
        final String score = switch (board.type()) {
            case TOTAL -> "sum of the points of all scored rounds";
            case BEST_N_ROUNDS -> "sum of the points of the best " + board.n() + " rounds";
            case FIRST_N_ROUNDS -> "sum of the points of the first " + board.n() + " rounds";
            case MAX_ROUND -> "points of the best round";
            case MAX_MULTIPLIER -> "highest multiplier of a round";
            case ELO, GLICKO2 -> board.type().name().toLowerCase(Locale.ROOT) + " rating";
        };
        final String ties = board.tieBreakers().stream()
            .map(tie -> tie.name().toLowerCase(Locale.ROOT) + ", ")
            .collect(Collectors.joining());
        return score + ", highest first; ties by " + ties + "id ascending";
    }

    /** Returns what is to be won. */
    static String prizes(Rewards rewards) {
        if (rewards == null) {
            return "none";
        }
        return switch (rewards.distribution()) {
            case LADDER -> rewards.ladder().stream().map(TournamentRules::step)
                .collect(Collectors.joining("; "));
            case PROPORTIONAL -> "by score among the first " + rewards.paidRanks()
                + (rewards.capPercentE4() == 0 ? ""
                    : "; at most " + percent(rewards.capPercentE4()) + "% of the pool each");
            case TICKET_DRAW -> "draw of " + rewards.prizes().size()
                + " prizes, a ticket a point: " + rewards.prizes().stream()
                    .map(TournamentRules::prize).collect(Collectors.joining("; "));
        };
    }

    private static String step(LadderStep step) {
        final String places = step.firstRank() == step.lastRank() ? "rank " + step.firstRank()
            : "ranks " + step.firstRank() + " to " + step.lastRank();
        return places + ": " + (step.prize() == null
            ? percent(step.percentE4()) + "% of the pool" : prize(step.prize()))
            + (step.firstRank() == step.lastRank() ? "" : " each");
    }

    /** Returns a prize as kind, value and what belongs to it. */
    static String prize(Prize prize) {
        final StringJoiner words = new StringJoiner(" ");
        words.add(prize.kind()).add(Long.toString(prize.value()));
        for (final String part : new String[] {prize.currency(), prize.game(), prize.item()}) {
            if (part != null && !part.isEmpty()) {
                words.add(part);
            }
        }
        return words.toString();
    }

    private static String percent(long percentE4) {
        return BigDecimal.valueOf(percentE4, PERCENT_DECIMALS).stripTrailingZeros()
            .toPlainString();
    }
}
