package io.laurel.engine;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.FormulaParser;
import java.util.List;
import java.util.Map;

/** Contests of one shape each for tests: open to everything, all three tie-breaks. */
public final class ContestDefinitions {
    /** 2025-10-25T18:00Z. */
    public static final long START_NS = 1_761_415_200_000_000_000L;
    /** A day later. */
    public static final long END_NS = START_NS + 86_400_000_000_000L;

    private static final Scope EVERYTHING = new Scope(List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), List.of(), List.of());

    private ContestDefinitions() {
    }

    /** Returns a contest whose score is the sum of wins. */
    public static ContestDefinition total(String id) {
        return of(id, BoardType.TOTAL, 0, "win.amount", 0);
    }

    /** Returns a contest that keeps the best n rounds by win over bet. */
    public static ContestDefinition bestRounds(String id, int n) {
        return of(id, BoardType.BEST_N_ROUNDS, n, "min(win.amount / bet.amount, 50) * 100", 0);
    }

    /** Returns a contest whose score is the highest multiplier. */
    public static ContestDefinition maxMultiplier(String id) {
        return of(id, BoardType.MAX_MULTIPLIER, 0, "win.multiplier", 2);
    }

    /** Returns a contest of any type. */
    public static ContestDefinition of(String id, BoardType type, int n, String formula,
        int scale) {
        return new ContestDefinition(id, Map.of(), new Window(START_NS, END_NS, "UTC"), null,
            EVERYTHING, false, new Scoring(formula, FormulaParser.parse(formula), scale, false,
                new MinBet(0, null), List.of(), Map.of(), Map.of()),
            new Board(type, n, List.of(TieBreaker.values()), Entity.PLAYER, PartitionBy.NONE,
                List.of(), 0),
            new AntiAbuse(0, 0, 1, List.of(), false, null), null, null, 30_000_000_000L,
            600_000_000_000L, false);
    }
}
