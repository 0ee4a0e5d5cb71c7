package io.laurel.perf.load;

import java.util.List;

/** One shape of board, as a document says it. */
public enum BoardMix {
    /** The sum of wins. */
    TOTAL("win.amount", 0),
    /** The best twenty rounds by multiplier, none above 50. */
    BEST_N_ROUNDS("min(win.amount/bet.amount, 50) * 100", 20),
    /** The highest multiplier. */
    MAX_MULTIPLIER(null, 0),
    /** The best round by win. */
    MAX_ROUND("win.amount", 0),
    /** The first ten rounds. */
    FIRST_N_ROUNDS("win.amount", 10);

    /** The three that benches take unless told otherwise. */
    public static final List<BoardMix> USUAL = List.of(TOTAL, BEST_N_ROUNDS, MAX_MULTIPLIER);

    private final String formula;
    private final int n;

    BoardMix(String formula, int n) {
        this.formula = formula;
        this.n = n;
    }

    /** Returns the name in documents. */
    public String token() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String scoring() {
        return formula == null ? "" : "scoring: {formula: \"" + formula + "\"}\n";
    }

    String leaderboard() {
        return "leaderboard:\n  type: " + token() + "\n" + (n == 0 ? "" : "  n: " + n + "\n")
            + "  tiebreaker: [highest_single_multiplier, fewest_rounds, earliest_finish_ts]\n";
    }
}
