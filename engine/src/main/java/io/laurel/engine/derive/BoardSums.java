package io.laurel.engine.derive;

import io.laurel.engine.contest.EntryContents;
import io.laurel.engine.contest.EntryContents.Kept;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Sums up the scored rounds of one entry on one board, in bounded memory (semantics 6.2). */
final class BoardSums {
    /** The round that goes first where a better one comes. */
    private static final Comparator<Kept> WORST = Comparator.comparingLong(Kept::points)
        .thenComparing(Comparator.comparingLong(Kept::ts).reversed());
    /** The round that goes first where an earlier one comes. */
    private static final Comparator<Kept> LATEST = Comparator.comparingLong(Kept::ts)
        .thenComparing(Kept::roundId, Arrays::compareUnsigned).reversed()
        .thenComparingLong(Kept::points);

    private final byte[] partition;
    private final BoardType type;
    private final int n;
    private final PriorityQueue<Kept> kept;
    private long rounds;
    private int ruleVersion;
    private long score;
    private long multiplierE4;
    private long finishTs;

    /**
     * Begins with what was there before the first round that will be added.
     *
     * @param before null = nothing
     */
    BoardSums(Board board, byte[] partition, EntryContents before) {
        this.partition = partition;
        type = board.type();
        n = board.n();
        kept = new PriorityQueue<>(type == BoardType.FIRST_N_ROUNDS ? LATEST : WORST);
        if (before != null) {
            rounds = before.rounds();
            ruleVersion = before.ruleVersion();
            score = before.score();
            multiplierE4 = before.multiplierE4();
            finishTs = before.finishTs();
            kept.addAll(before.kept());
        }
    }

    void add(int version, long points, long ts, long multiplier, byte[] roundId) {
        final boolean first = rounds == 0;
        rounds++;
        ruleVersion = version;
        multiplierE4 = Math.max(multiplierE4, multiplier);
        switch (type) {
            case TOTAL -> {
                if (points != 0) {
                    score += points;
                    finishTs = Math.max(finishTs, ts);
                }
            }
            case MAX_ROUND, MAX_MULTIPLIER -> {
                if (first || points > score || points == score && ts < finishTs) {
                    score = points;
                    finishTs = ts;
                }
            }
            case BEST_N_ROUNDS -> keep(new Kept(points, ts, new byte[0]));
            case FIRST_N_ROUNDS -> keep(new Kept(points, ts, roundId));
            default -> throw new IllegalStateException("no rounds on a board of " + type);
        }
    }

    private void keep(Kept round) {
        if (kept.size() < n) {
            kept.add(round);
        } else if (kept.comparator().compare(kept.peek(), round) < 0) {
            kept.poll();
            kept.add(round);
        }
    }

    EntryContents contents() {
        final boolean listed =
            type == BoardType.BEST_N_ROUNDS || type == BoardType.FIRST_N_ROUNDS;
        final List<Kept> all = List.copyOf(kept);
        return new EntryContents(partition, rounds, ruleVersion,
            listed ? all.stream().mapToLong(Kept::points).sum() : score, multiplierE4,
            listed ? all.stream().mapToLong(Kept::ts).max().orElse(0) : finishTs, all);
    }
}
