package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.state.State;

/**
 * What a scored round makes of an entry, per type of board (semantics 6.1, 6.2). The caller has
 * checked that sums fit.
 */
final class EntryScore {
    private final Entries entries;

    EntryScore(State state, Entries entries) {
        this.entries = entries;
    }

    /** Adds a round to an entry. */
    void add(CompiledContest contest, long entry, ClosedRound round, long units, int version) {
        final boolean isFirst = entries.rounds(entry) == 0;
        final long before = entries.score(entry);
        entries.setRounds(entry, entries.rounds(entry) + 1);
        entries.setMultiplierE4(entry,
            Math.max(entries.multiplierE4(entry), round.multiplierE4()));
        entries.setRuleVersion(entry, version);
        if (contest.type == BoardType.TOTAL) {
            addToTotal(entry, units, round.ts());
        } else if (contest.kept == 1 && contest.type != BoardType.FIRST_N_ROUNDS) {
            keepBest(entry, units, round.ts(), isFirst);
        }
        entries.setDelta(entry, entries.score(entry) - before);
    }

    private void addToTotal(long entry, long units, long ts) {
        if (units != 0) {
            entries.setScore(entry, entries.score(entry) + units);
            entries.setFinishTs(entry, Math.max(entries.finishTs(entry), ts));
        }
    }

    /** The best round alone needs no list: its points are the score, its ts the finish. */
    private void keepBest(long entry, long units, long ts, boolean isFirst) {
        final long score = entries.score(entry);
        if (isFirst || units > score || units == score && ts < entries.finishTs(entry)) {
            entries.setScore(entry, units);
            entries.setFinishTs(entry, ts);
        }
    }
}
