package io.laurel.replay.simulate;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run, what differs, and its figures by name: what tables, JSON and expectations speak of.
 *
 * @param figures in order; those that cannot be told are left out
 */
record Outcome(Run run, Change change, Map<String, BigDecimal> figures) {
    static Outcome of(Run run, Run other, int top) {
        final Change change = Change.of(run, other, top);
        final Map<String, BigDecimal> figures = new LinkedHashMap<>();
        put(figures, "entries", run.info().entries());
        put(figures, "players", run.tally().players());
        put(figures, "rounds_scored", run.tally().rounds());
        put(figures, "rounds_unscored", run.tally().unscored().values().stream()
            .mapToLong(Long::longValue).sum());
        put(figures, "pool_minor", run.payout().poolMinor());
        put(figures, "paid_minor", run.payout().usedMinor());
        put(figures, "returned_minor", run.payout().returnedMinor());
        final BigDecimal ratio = Money.returnRatio(run);
        if (ratio != null) {
            figures.put("return_ratio", ratio);
        }
        put(figures, "winners", run.byLot() ? 0 : run.winners().size());
        if (change.compared()) {
            put(figures, "winners_gained", change.winnersGained().size());
            put(figures, "winners_lost", change.winnersLost().size());
            put(figures, "top_stayed", change.stayed());
            put(figures, "top_entered", change.entered().size());
            put(figures, "places_changed", change.placesChanged());
        }
        return new Outcome(run, change, figures);
    }

    private static void put(Map<String, BigDecimal> figures, String name, long value) {
        figures.put(name, BigDecimal.valueOf(value));
    }

    /** Returns a figure as text, empty where it cannot be told. */
    String figure(String name) {
        final BigDecimal value = figures.get(name);
        return value == null ? "" : value.toPlainString();
    }
}
