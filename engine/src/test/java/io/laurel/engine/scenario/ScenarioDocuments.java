package io.laurel.engine.scenario;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.FormulaParser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Reads the contests that scenarios publish, independent of the parser of documents: valid ones
 * only, and of recurrences only one instance a day at 18:00 UTC.
 */
final class ScenarioDocuments {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long HOURS_18_NS = 64_800_000_000_000L;

    private ScenarioDocuments() {
    }

    static ContestDefinition contest(String yaml, long nowNs) {
        final Node root =
            new Node(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        final Node window = root.at("window");
        final Node schedule = root.at("schedule");
        final Map<String, String> names = new TreeMap<>();
        root.at("name").map().forEach((language, name) -> names.put(language, (String) name));
        return new ContestDefinition(root.text("id", null), names,
            window.isAbsent() ? null : new Window(Words.timeNs(window.text("start", null)),
                Words.timeNs(window.text("end", null)), window.text("tz", "UTC")),
            schedule.isAbsent() ? null : schedule(schedule), scope(root.at("scope")),
            root.text("entry", "auto").equals("opt_in"),
            scoring(root.at("scoring"), type(root)), board(root.at("leaderboard"), type(root)),
            antiAbuse(root.at("anti_abuse")), null, root.text("fx", null),
            Duration.parse(root.text("late_grace", "PT30S")).toNanos(),
            Duration.parse(root.text("appeal", "PT10M")).toNanos(),
            root.text("restart", "false").equals("true"));
    }

    private static BoardType type(Node root) {
        return BoardType.valueOf(upper(root.at("leaderboard").text("type", null)));
    }

    private static Schedule schedule(Node node) {
        final long from = Words.timeNs(node.text("from", null));
        final long until = Words.timeNs(node.text("until", null));
        final List<Long> starts = new ArrayList<>();
        for (long day = from - from % DAY_NS; day < until; day += DAY_NS) {
            if (day + HOURS_18_NS >= from && day + HOURS_18_NS < until) {
                starts.add(day + HOURS_18_NS);
            }
        }
        return new Schedule(node.text("rrule", null),
            Duration.parse(node.text("duration", null)).toNanos(), node.text("tz", "UTC"), from,
            until, starts);
    }

    private static Scope scope(Node node) {
        return new Scope(node.list("brands"), node.list("markets"), node.list("providers"),
            node.list("games"), node.list("game_types"), node.list("currencies"),
            node.at("segments").list("any"), node.at("segments").list("none"));
    }

    private static Scoring scoring(Node node, BoardType type) {
        final boolean multiplier = type == BoardType.MAX_MULTIPLIER;
        final String formula = node.text("formula", multiplier ? "win.multiplier" : null);
        return new Scoring(formula, FormulaParser.parse(formula),
            Integer.parseInt(node.text("score_scale", multiplier ? "2" : "0")),
            node.text("floor_at_zero", "false").equals("true"), minBet(node.at("min_bet_minor")),
            node.list("eligible_games").stream()
                .map(game -> game.endsWith("_") ? game + "*" : game).toList(),
            factors(node.at("weights").at("games")), factors(node.at("weights").at("providers")));
    }

    private static MinBet minBet(Node node) {
        if (node.isAbsent()) {
            return new MinBet(0, null);
        }
        if (!node.isMap()) {
            return new MinBet(Long.parseLong(node.text()), null);
        }
        final Map<String, Long> least = new TreeMap<>();
        node.map().forEach((key, value) -> least.put(key, Long.valueOf(String.valueOf(value))));
        return new MinBet(0, least);
    }

    private static Map<String, Double> factors(Node node) {
        final Map<String, Double> factors = new TreeMap<>();
        node.map().forEach((key, value) ->
            factors.put(key, Double.valueOf(String.valueOf(value))));
        return factors;
    }

    private static Board board(Node node, BoardType type) {
        return new Board(type, Integer.parseInt(node.text("n", "0")),
            node.list("tiebreaker").stream().map(one -> TieBreaker.valueOf(upper(one))).toList(),
            Entity.valueOf(upper(node.text("entity", "player"))),
            PartitionBy.valueOf(upper(node.text("partition_by", "none"))),
            node.list("bet_bands_minor").stream().map(Long::valueOf).toList(), 0);
    }

    private static AntiAbuse antiAbuse(Node node) {
        final Node signals = node.at("bot_signals");
        final Node periodicity = signals.at("periodicity");
        final String rate = node.text("max_rps_per_user", null);
        return new AntiAbuse(
            Long.parseLong(node.text("min_round_duration_ms", "0")) * 1_000_000,
            rate == null ? 0 : BigDecimal.valueOf(1_000_000_000)
                .divide(new BigDecimal(rate), 0, RoundingMode.CEILING).longValueExact(),
            Integer.parseInt(node.text("burst", "1")), node.list("exclude_asn_categories"),
            node.text("exclude_headless", "false").equals("true"),
            periodicity.isAbsent() ? null
                : new Periodicity(Integer.parseInt(periodicity.text("min_rounds", "50")),
                    Double.parseDouble(periodicity.text("max_cv", "0.02")),
                    signals.text("freeze", "false").equals("true")));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** A value of the document, or nothing. */
    private record Node(Object value) {
        boolean isAbsent() {
            return value == null;
        }

        boolean isMap() {
            return value instanceof Map<?, ?>;
        }

        Map<String, Object> map() {
            final Map<String, Object> entries = new TreeMap<>();
            if (value instanceof Map<?, ?> all) {
                all.forEach((key, entry) -> entries.put(String.valueOf(key), entry));
            }
            return entries;
        }

        Node at(String key) {
            return new Node(map().get(key));
        }

        String text() {
            return String.valueOf(value);
        }

        String text(String key, String otherwise) {
            final Node node = at(key);
            return node.isAbsent() ? otherwise : node.text();
        }

        List<String> list(String key) {
            return at(key).value instanceof List<?> all
                ? all.stream().map(String::valueOf).toList() : List.of();
        }
    }
}
