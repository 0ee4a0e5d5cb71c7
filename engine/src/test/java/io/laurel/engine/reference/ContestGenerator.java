package io.laurel.engine.reference;

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
import io.laurel.engine.rules.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Random rules over everything that scoring and boards know. */
final class ContestGenerator {
    private static final List<BoardType> TYPES = List.of(BoardType.TOTAL,
        BoardType.BEST_N_ROUNDS, BoardType.MAX_ROUND, BoardType.MAX_MULTIPLIER,
        BoardType.FIRST_N_ROUNDS);
    private static final List<Entity> ENTITIES =
        List.of(Entity.PLAYER, Entity.PLAYER, Entity.PLAYER, Entity.PROVIDER, Entity.GAME);
    static final String FX = "fx_1";

    private final Dice dice;
    private final FormulaGenerator formulas;

    ContestGenerator(Dice dice) {
        this.dice = dice;
        formulas = new FormulaGenerator(dice.random());
    }

    /** Returns a contest with a window near a time. */
    ContestDefinition next(String id, long nowNs) {
        final long second = nowNs - nowNs % Dice.SECOND_NS;
        final long start = second
            + dice.one(-120, -10, 0, 1, 10, 60, 300) * Dice.SECOND_NS;
        final long end = start + dice.one(1, 60, 600, 1_800, 3_600) * Dice.SECOND_NS;
        return build(id, new Window(start, end, "UTC"), null);
    }

    /** Returns a series of contests beginning after a time. */
    ContestDefinition series(String id, long nowNs) {
        final long first = nowNs - nowNs % Dice.SECOND_NS + 60 * Dice.SECOND_NS;
        final List<Long> starts = List.of(first, first + 300 * Dice.SECOND_NS,
            first + 331 * Dice.SECOND_NS);
        return build(id, null, new Schedule("FREQ=DAILY", 120 * Dice.SECOND_NS, "UTC", nowNs,
            dice.percent(50), Long.MAX_VALUE, starts));
    }

    private ContestDefinition build(String id, Window window, Schedule schedule) {
        final String fx = dice.percent(25) ? FX : null;
        return new ContestDefinition(id, names(dice.below(3)), window, schedule, scope(),
            dice.percent(20), scoring(fx != null), board(), antiAbuse(),
            null, fx, dice.one(0, 10, 30) * Dice.SECOND_NS,
            dice.one(0, 5, 60) * Dice.SECOND_NS, false);
    }

    /** Returns the same contest with one part changed, at times all but the same. */
    ContestDefinition changed(ContestDefinition old) {
        final boolean restart = dice.percent(30);
        final int part = dice.below(8);
        final Window window = old.window();
        return new ContestDefinition(old.id(), part == 0 ? names(dice.below(3)) : old.name(),
            part == 1 && window != null ? new Window(window.startNs(),
                window.endNs() + dice.one(-30, 30) * Dice.SECOND_NS + 60 * Dice.SECOND_NS, "UTC")
                : window,
            old.schedule(), part == 2 ? scope() : old.scope(), old.optIn(),
            part == 3 ? scoring(old.fxTable() != null) : old.scoring(),
            part == 4 ? board() : old.board(), part == 5 ? antiAbuse() : old.antiAbuse(),
            old.rewards(), old.fxTable(),
            part == 6 ? dice.one(0, 5, 20) * Dice.SECOND_NS : old.lateGraceNs(), old.appealNs(),
            part == 7 ? old.restart() : restart);
    }

    private static Map<String, String> names(int number) {
        return Collections.unmodifiableMap(new TreeMap<>(Map.of("en", "Sprint " + number)));
    }

    private Scope scope() {
        final int empty = 88;
        return new Scope(dice.some(Dice.BRANDS, empty), dice.some(Dice.MARKETS, empty),
            dice.some(List.of("P1", "P2", "P*"), empty), dice.some(List.of("g_*", "h_1"), empty),
            dice.some(Dice.GAME_TYPES, empty), dice.some(Dice.CURRENCIES, empty),
            dice.some(List.of("vip", "n*"), 92), dice.some(List.of("bonus_abuser"), 85));
    }

    private Scoring scoring(boolean pinned) {
        final Expression formula = formulas.next(pinned);
        return new Scoring(FormulaGenerator.text(formula), formula, dice.below(7),
            dice.percent(20), minBet(), dice.some(List.of("g_1", "g_2*", "h_*"), 75),
            factors(Dice.GAMES), factors(Dice.PROVIDERS));
    }

    private Map<String, Double> factors(List<String> names) {
        final Map<String, Double> factors = new TreeMap<>();
        for (final String name : dice.some(names, 70)) {
            factors.put(name, List.of(0.5, 0.8, 2.0, 1.5).get(dice.below(4)));
        }
        return Collections.unmodifiableMap(factors);
    }

    private MinBet minBet() {
        if (dice.percent(15)) {
            return new MinBet(0, Collections.unmodifiableMap(
                new TreeMap<>(Map.of("EUR", dice.one(1, 100), "SEK", 200L))));
        }
        return new MinBet(dice.percent(70) ? 0 : dice.one(1, 100, 101), null);
    }

    private Board board() {
        final BoardType type = dice.one(TYPES);
        final boolean keepsList =
            type == BoardType.BEST_N_ROUNDS || type == BoardType.FIRST_N_ROUNDS;
        final PartitionBy partition =
            dice.percent(50) ? PartitionBy.NONE : dice.one(List.of(PartitionBy.values()));
        final List<TieBreaker> tieBreakers = new ArrayList<>(List.of(TieBreaker.values()));
        Collections.shuffle(tieBreakers, dice.random());
        return new Board(type, keepsList ? 1 + dice.below(5) : 0,
            List.copyOf(tieBreakers.subList(0, dice.below(4))), dice.one(ENTITIES), partition,
            partition == PartitionBy.BET_BAND ? List.of(100L, 500L, 2_000L) : List.of(), 0);
    }

    private AntiAbuse antiAbuse() {
        if (dice.percent(50)) {
            return new AntiAbuse(0, 0, 1, List.of(), false, null);
        }
        final Periodicity periodicity = dice.percent(30)
            ? new Periodicity(2 + dice.below(4), 0.2345, dice.percent(70)) : null;
        return new AntiAbuse(dice.one(0, Dice.SECOND_NS / 2, Dice.SECOND_NS, 3 * Dice.SECOND_NS),
            dice.one(0, 0, Dice.SECOND_NS, 333_333_334L, 5 * Dice.SECOND_NS),
            1 + dice.below(3), dice.some(List.of("tor", "vpn"), 70), dice.percent(30),
            periodicity);
    }
}
