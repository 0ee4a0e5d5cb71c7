package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.Expression.Name;
import java.util.List;
import java.util.Map;

/** A contest from its document (semantics 4). */
final class ContestReader {
    private static final List<String> KEYS = List.of("kind", "id", "name", "window", "schedule",
        "scope", "entry", "scoring", "leaderboard", "rewards", "anti_abuse", "fx", "late_grace",
        "appeal", "restart");
    private static final List<String> WINDOW_KEYS = List.of("start", "end", "tz");
    private static final List<String> SCOPE_KEYS = List.of("brands", "markets", "providers",
        "games", "game_types", "currencies", "segments");
    private static final List<String> SEGMENT_KEYS = List.of("any", "none");
    private static final List<String> BOARD_KEYS = List.of("type", "n", "tiebreaker", "entity",
        "partition_by", "bet_bands_minor", "rating_period");
    private static final int MAX_KEPT_ROUNDS = 1_000;
    private static final int MAX_BET_BANDS = 64;
    private static final long LATE_GRACE_NS = 30 * TimeText.SECOND_NS;
    private static final long APPEAL_NS = 600 * TimeText.SECOND_NS;

    private ContestReader() {
    }

    static ContestDefinition read(Field document, String expectedId, long nowNs) {
        final Fields fields = Fields.of(document, KEYS);
        final String id = Documents.id(fields, "id", expectedId);
        final long lateGraceNs = fields.read("late_grace", LATE_GRACE_NS,
            field -> field.durationNs(0, Terms.MAX_SPAN_NS));
        final Window window = fields.read("window", null, ContestReader::window);
        final Schedule schedule = fields.read("schedule", null,
            field -> ScheduleReader.read(field, lateGraceNs, nowNs));
        if (window == null && schedule == null) {
            throw fields.missing("window", "or schedule is needed");
        }
        if (window != null && schedule != null) {
            throw fields.missing("schedule", "must not stand beside window");
        }
        final Board board = board(fields.needed("leaderboard"));
        final Scoring scoring = ScoringReader.read(fields, board.type());
        final String fxTable = fields.read("fx", null, Terms::documentId);
        if (fxTable == null && usesBase(scoring.formula())) {
            throw fields.missing("fx", "is needed: the formula uses bet.base or win.base");
        }
        return new ContestDefinition(id, fields.read("name", Map.of(),
            field -> Fields.free(field, Terms::language, text -> text.text(256))), window, schedule,
            fields.read("scope", anywhere(), ContestReader::scope),
            fields.read("entry", false, ContestReader::optIn), scoring, board,
            AntiAbuseReader.read(fields.get("anti_abuse")),
            fields.read("rewards", null, RewardsReader::read), fxTable, lateGraceNs,
            fields.read("appeal", APPEAL_NS, field -> field.durationNs(0, Terms.MAX_SPAN_NS)),
            fields.read("restart", false, Field::bool));
    }

    static Window window(Field field) {
        final Fields fields = Fields.of(field, WINDOW_KEYS);
        final long startNs = fields.needed("start").instantNs();
        final Field end = fields.needed("end");
        if (end.instantNs() <= startNs) {
            throw end.error("must be after start, found '" + end.node.text + "'");
        }
        return new Window(startNs, end.instantNs(), fields.read("tz", "UTC", Field::zone));
    }

    static Scope anywhere() {
        return new Scope(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of());
    }

    static Scope scope(Field field) {
        final Fields fields = Fields.of(field, SCOPE_KEYS);
        final Field segments = fields.get("segments");
        final Fields sets = segments == null ? null : Fields.of(segments, SEGMENT_KEYS);
        return new Scope(
            fields.read("brands", List.of(), list -> list.sorted(Terms::brand)),
            fields.read("markets", List.of(), list -> list.sorted(Terms::marketPattern)),
            fields.read("providers", List.of(), list -> list.sorted(Terms::id)),
            fields.read("games", List.of(), list -> list.sorted(Terms::id)),
            fields.read("game_types", List.of(), list -> list.sorted(Terms::gameTypePattern)),
            fields.read("currencies", List.of(), list -> list.sorted(Terms::currencyPattern)),
            sets == null ? List.of()
                : sets.read("any", List.of(), list -> list.sorted(Terms::id)),
            sets == null ? List.of()
                : sets.read("none", List.of(), list -> list.sorted(Terms::id)));
    }

    static boolean optIn(Field field) {
        return field.oneOf(List.of("auto", "opt_in")).equals("opt_in");
    }

    private static boolean usesBase(Expression formula) {
        final Formula compiled = Formula.compile(formula);
        return compiled.uses(Name.BET_BASE) || compiled.uses(Name.WIN_BASE);
    }

    private static Board board(Field field) {
        final Fields fields = Fields.of(field, BOARD_KEYS);
        final BoardType type = fields.needed("type").choice(BoardType.class);
        final PartitionBy partitionBy = fields.read("partition_by", PartitionBy.NONE,
            choice -> choice.choice(PartitionBy.class));
        final List<Long> bands = fields.read("bet_bands_minor", List.of(), ContestReader::bands);
        if (partitionBy == PartitionBy.BET_BAND && bands.isEmpty()) {
            throw fields.missing("bet_bands_minor", "is needed with partition_by: bet_band");
        }
        final boolean rated = type == BoardType.GLICKO2;
        final long period = fields.read("rating_period", 0L,
            duration -> duration.durationNs(TimeText.SECOND_NS, Terms.MAX_SPAN_NS));
        if (rated && period == 0) {
            throw fields.missing("rating_period", "is needed with type: glicko2");
        }
        return new Board(type, kept(fields, type),
            fields.read("tiebreaker", List.of(), ContestReader::tieBreakers),
            fields.read("entity", Entity.PLAYER, choice -> choice.choice(Entity.class)),
            partitionBy, partitionBy == PartitionBy.BET_BAND ? bands : List.of(),
            rated ? period : 0);
    }

    /** The number of rounds kept; a value that the type does not use is checked and dropped. */
    private static int kept(Fields fields, BoardType type) {
        final int n = fields.read("n", 0, number -> number.int32(1, MAX_KEPT_ROUNDS));
        return switch (type) {
            case BEST_N_ROUNDS, FIRST_N_ROUNDS -> {
                if (n == 0) {
                    throw fields.missing("n", "is needed with type: "
                        + (type == BoardType.BEST_N_ROUNDS ? "best_n_rounds" : "first_n_rounds"));
                }
                yield n;
            }
            case MAX_ROUND, MAX_MULTIPLIER -> 1;
            default -> 0;
        };
    }

    private static List<TieBreaker> tieBreakers(Field field) {
        final List<TieBreaker> list = field.list(item -> item.choice(TieBreaker.class));
        if (list.stream().distinct().count() < list.size()) {
            throw field.error("must name each tie-break once");
        }
        return List.copyOf(list);
    }

    private static List<Long> bands(Field field) {
        final List<Long> bounds =
            field.list(item -> item.integer(1, Terms.MAX_AMOUNT_MINOR));
        for (int index = 1; index < bounds.size(); index++) {
            if (bounds.get(index) <= bounds.get(index - 1)) {
                throw field.error("must ascend, found " + bounds.get(index) + " after "
                    + bounds.get(index - 1));
            }
        }
        if (bounds.size() > MAX_BET_BANDS) {
            throw field.error("must have at most " + MAX_BET_BANDS + " bounds, found "
                + bounds.size());
        }
        return List.copyOf(bounds);
    }
}
