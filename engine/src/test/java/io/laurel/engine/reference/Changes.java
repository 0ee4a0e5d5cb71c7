package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition.Board;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Last changes of scores that no round made: those of entries that were worked out anew. */
final class Changes {
    private final Map<List<String>, Long> deltas = new HashMap<>();

    void clear() {
        deltas.clear();
    }

    /** A round has scored: that is the last change now. */
    void onScored(String entity, String partition) {
        deltas.remove(List.of(entity, ""));
        deltas.remove(List.of(entity, partition));
    }

    void onRebuilt(Board board, String entity, List<Scored> before, List<Scored> after) {
        final Set<String> partitions = new TreeSet<>(Intake.BYTES);
        partitions.add("");
        before.forEach(one -> partitions.add(Standings.partition(board, one.round())));
        for (final String partition : partitions) {
            final Row old =
                row(board, entity, Standings.within(board, before, partition), partition);
            final long score = Standings.sum(board, Standings.within(board, after, partition))
                .longValueExact();
            deltas.put(List.of(entity, partition),
                score == old.score() ? old.delta() : score - old.score());
        }
    }

    /** Returns the row of an entry from its scored rounds on one board. */
    Row row(Board board, String entity, List<Scored> rounds, String partition) {
        final Row row = Standings.row(board, entity, rounds);
        final Long delta = deltas.get(List.of(entity, partition));
        return delta == null ? row : new Row(row.user(), row.score(), row.multiplierE4(),
            row.rounds(), row.finishTs(), delta);
    }
}
