package io.laurel.gateway.http;

import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.gateway.json.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Contests as JSON, with the words of the documents that define them. */
final class ContestJson {
    private static final long NS_PER_MS = 1_000_000L;

    private ContestJson() {
    }

    /** Writes what a list of contests says of one. */
    static void summary(JsonWriter json, ContestInfo info) {
        final ContestDefinition rules = info.definition();
        json.object().field("id", info.id()).fieldIfAny("schedule", info.schedule());
        texts(json, "name", rules.name());
        json.field("start", Timestamps.format(info.startNs()))
            .field("end", Timestamps.format(info.endNs()))
            .field("type", word(rules.board().type())).field("status", status(info))
            .field("entries", info.entries()).endObject();
    }

    /** Returns the state as users see it. */
    static String status(ContestInfo info) {
        return info.frozen() ? "frozen" : info.state().token();
    }

    /** Writes the rules of one contest. */
    static void rules(JsonWriter json, ContestInfo info, boolean admin, long sequence) {
        final ContestDefinition rules = info.definition();
        json.object().field("id", info.id()).fieldIfAny("schedule", info.schedule());
        texts(json, "name", rules.name());
        json.field("status", status(info)).field("sequence", sequence)
            .field("version", info.version()).field("rules_hash", info.rulesHash());
        times(json, info);
        json.field("late_grace", duration(rules.lateGraceNs()))
            .field("appeal", duration(rules.appealNs()))
            .field("entries", info.entries()).fieldIfAny("board_hash", info.boardHash())
            .field("entry", rules.optIn() ? "opt_in" : "auto").fieldIfAny("fx", rules.fxTable());
        scope(json, rules.scope());
        scoring(json, rules.scoring());
        board(json, rules.board());
        antiAbuse(json, rules.antiAbuse(), admin);
        rewards(json, rules.rewards());
        if (admin) {
            counts(json, "unscored", info.unscored());
        }
        json.endObject();
    }

    /** A recurring contest has no times of its own; its instances do. */
    private static void times(JsonWriter json, ContestInfo info) {
        final ContestDefinition.Schedule schedule = info.definition().schedule();
        if (schedule == null) {
            json.field("start", Timestamps.format(info.startNs()))
                .field("end", Timestamps.format(info.endNs()))
                .fieldIfAny("tz", info.definition().window().zone());
            return;
        }
        json.field("rrule", schedule.rrule()).field("duration", duration(schedule.durationNs()))
            .field("from", Timestamps.format(schedule.fromNs()));
        if (schedule.untilNs() != Long.MAX_VALUE) {
            json.field("until", Timestamps.format(schedule.untilNs()));
        }
        json.field("tz", schedule.zone());
    }

    /** Writes numbers by name. */
    static void counts(JsonWriter json, String name, Map<String, Long> counts) {
        json.object(name);
        counts.forEach(json::field);
        json.endObject();
    }

    /** Returns a constant as documents write it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void texts(JsonWriter json, String name, Map<String, String> texts) {
        json.object(name);
        texts.forEach(json::field);
        json.endObject();
    }

    private static String duration(long ns) {
        return Duration.ofNanos(ns).toString();
    }

    private static void scope(JsonWriter json, Scope scope) {
        json.object("scope");
        stringsIfAny(json, "brands", scope.brands());
        stringsIfAny(json, "markets", scope.markets());
        stringsIfAny(json, "providers", scope.providers());
        stringsIfAny(json, "games", scope.games());
        stringsIfAny(json, "game_types", scope.gameTypes());
        stringsIfAny(json, "currencies", scope.currencies());
        if (!scope.segmentsAny().isEmpty() || !scope.segmentsNone().isEmpty()) {
            json.object("segments");
            stringsIfAny(json, "any", scope.segmentsAny());
            stringsIfAny(json, "none", scope.segmentsNone());
            json.endObject();
        }
        json.endObject();
    }

    private static void stringsIfAny(JsonWriter json, String name, List<String> strings) {
        if (!strings.isEmpty()) {
            json.strings(name, strings);
        }
    }

    private static void scoring(JsonWriter json, Scoring scoring) {
        json.object("scoring").field("formula", scoring.formulaText())
            .field("score_scale", scoring.scoreScale())
            .field("floor_at_zero", scoring.floorAtZero());
        if (scoring.minBet().byCurrency() == null) {
            json.field("min_bet_minor", scoring.minBet().any());
        } else {
            counts(json, "min_bet_minor", scoring.minBet().byCurrency());
        }
        stringsIfAny(json, "eligible_games", scoring.eligibleGames());
        if (!scoring.gameWeights().isEmpty() || !scoring.providerWeights().isEmpty()) {
            json.object("weights");
            weights(json, "games", scoring.gameWeights());
            weights(json, "providers", scoring.providerWeights());
            json.endObject();
        }
        json.endObject();
    }

    private static void weights(JsonWriter json, String name, Map<String, Double> weights) {
        if (!weights.isEmpty()) {
            json.object(name);
            weights.forEach((id, weight) ->
                json.decimal(id, BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString()));
            json.endObject();
        }
    }

    private static void board(JsonWriter json, Board board) {
        json.object("leaderboard").field("type", word(board.type()));
        if (board.n() > 0) {
            json.field("n", board.n());
        }
        json.strings("tiebreaker",
            board.tieBreakers().stream().map(ContestJson::word).toList());
        json.field("entity", word(board.entity())).field("partition_by",
            word(board.partitionBy()));
        if (board.partitionBy() == PartitionBy.BET_BAND) {
            json.array("bet_bands_minor");
            board.betBandsMinor().forEach(json::value);
            json.endArray();
        }
        if (board.ratingPeriodNs() > 0) {
            json.field("rating_period", duration(board.ratingPeriodNs()));
        }
        json.endObject();
    }

    private static void antiAbuse(JsonWriter json, AntiAbuse rules, boolean admin) {
        json.object("anti_abuse").field("min_round_duration_ms",
            rules.minRoundDurationNs() / NS_PER_MS);
        if (rules.rateIntervalNs() > 0) {
            json.field("min_interval", duration(rules.rateIntervalNs()))
                .field("burst", rules.rateBurst());
        }
        json.strings("exclude_asn_categories", rules.excludedAsnCategories())
            .field("exclude_headless", rules.excludeHeadless());
        // how bots are told from people is for operators to know
        if (admin && rules.periodicity() != null) {
            json.object("bot_signals").object("periodicity")
                .field("min_rounds", rules.periodicity().minRounds())
                .decimal("max_cv", BigDecimal.valueOf(rules.periodicity().maxCv())
                    .stripTrailingZeros().toPlainString()).endObject()
                .field("freeze", rules.periodicity().freeze()).endObject();
        }
        json.endObject();
    }

    private static void rewards(JsonWriter json, Rewards rewards) {
        if (rewards == null) {
            return;
        }
        json.object("rewards");
        if (rewards.currency() != null) {
            json.object("pool").field("currency", rewards.currency())
                .field("total_minor", rewards.poolMinor()).endObject();
        }
        json.field("distribution", word(rewards.distribution()));
        if (rewards.distribution() == Distribution.LADDER) {
            json.array("ladder");
            rewards.ladder().forEach(step -> step(json, step));
            json.endArray();
        } else if (rewards.distribution() == Distribution.PROPORTIONAL) {
            json.field("paid_ranks", rewards.paidRanks());
            if (rewards.capPercentE4() > 0) {
                json.decimal("cap_percent", Decimals.score(rewards.capPercentE4(), 4));
            }
        } else {
            json.array("prizes");
            rewards.prizes().forEach(prize -> prize(json.object(), prize));
            json.endArray().field("max_wins_per_player", rewards.maxWinsPerPlayer());
        }
        if (rewards.claimWithinNs() > 0) {
            json.field("claim_within", duration(rewards.claimWithinNs()));
        }
        json.endObject();
    }

    private static void step(JsonWriter json, LadderStep step) {
        json.object();
        if (step.firstRank() == step.lastRank()) {
            json.field("rank", step.firstRank());
        } else {
            json.field("ranks", step.firstRank() + "-" + step.lastRank());
        }
        if (step.prize() == null) {
            json.decimal("percent", Decimals.score(step.percentE4(), 4));
        } else {
            prize(json.object("reward"), step.prize());
        }
        json.endObject();
    }

    private static void prize(JsonWriter json, Prize prize) {
        final boolean money = prize.currency() != null && !prize.currency().isEmpty();
        json.field("type", prize.kind()).field(money ? "amount_minor" : "value", prize.value())
            .fieldIfAny("currency", prize.currency()).fieldIfAny("game", prize.game())
            .fieldIfAny("item", prize.item()).endObject();
    }
}
