package io.laurel.engine.derive;

import io.laurel.engine.rules.ContestDefinition.Board;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which of an entry's scored rounds count (semantics 6.2). */
final class KeptSet {
    private static final Comparator<ExplainedRound> BY_ROUND_ID = (left, right) ->
        Arrays.compareUnsigned(left.roundId().getBytes(StandardCharsets.UTF_8),
            right.roundId().getBytes(StandardCharsets.UTF_8));

    private static final Comparator<ExplainedRound> BEST = Comparator
        .comparingLong(ExplainedRound::points).reversed()
        .thenComparingLong(ExplainedRound::ts).thenComparing(BY_ROUND_ID)
        .thenComparingLong(ExplainedRound::sequence);

    private static final Comparator<ExplainedRound> FIRST = Comparator
        .comparingLong(ExplainedRound::ts).thenComparing(BY_ROUND_ID)
        .thenComparing(Comparator.comparingLong(ExplainedRound::points).reversed())
        .thenComparingLong(ExplainedRound::sequence);

    private KeptSet() {
    }

    /**
     * Returns the rounds that count, in no particular order.
     *
     * @param scored rounds that scored and are not void
     */
    static List<ExplainedRound> of(Board board, List<ExplainedRound> scored) {
        return switch (board.type()) {
            case TOTAL -> scored.stream().filter(round -> round.points() != 0).toList();
            case BEST_N_ROUNDS -> scored.stream().sorted(BEST).limit(board.n()).toList();
            case MAX_ROUND, MAX_MULTIPLIER -> scored.stream().sorted(BEST).limit(1).toList();
            case FIRST_N_ROUNDS -> scored.stream().sorted(FIRST).limit(board.n()).toList();
            default -> throw new IllegalStateException("no rounds on a board of " + board.type());
        };
    }
}
