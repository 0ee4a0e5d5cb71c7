package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.KeptRounds;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * What a scored round makes of an entry, per type of board (semantics 6.1, 6.2). The caller has
 * checked that sums fit.
 */
final class EntryScore {
    private final Entries entries;
    private final Allocator allocator;
    private final KeptRounds best;
    private final KeptRounds first;

    EntryScore(State state, Entries entries) {
        this.entries = entries;
        allocator = state.allocator();
        best = KeptRounds.best(allocator, Store.KEPT_ROUNDS.id());
        first = KeptRounds.first(allocator, Store.KEPT_ROUNDS.id());
    }

    /** Adds a round to an entry. */
    void add(CompiledContest contest, long entry, ClosedRound round, long units, int version) {
        final boolean isFirst = entries.rounds(entry) == 0;
        final long before = entries.score(entry);
        entries.setRounds(entry, entries.rounds(entry) + 1);
        entries.setMultiplierE4(entry,
            Math.max(entries.multiplierE4(entry), round.multiplierE4()));
        entries.setRuleVersion(entry, version);
        switch (contest.type) {
            case TOTAL -> addToTotal(entry, units, round.ts());
            case MAX_ROUND, MAX_MULTIPLIER -> keepBest(entry, units, round.ts(), isFirst);
            case BEST_N_ROUNDS -> {
                final long kept = kept(entry);
                best.offer(kept, contest.kept, units, round.ts());
                take(entry, best, kept);
            }
            case FIRST_N_ROUNDS -> {
                final long kept = kept(entry);
                first.offer(kept, contest.kept, units, round.ts(), round.event().buffer(),
                    round.roundIdOffset(), round.roundIdLength());
                take(entry, first, kept);
            }
            default -> throw new IllegalStateException("no rounds on a board of " + contest.type);
        }
        entries.setDelta(entry, entries.score(entry) - before);
    }

    /** Returns the score that an entry would have with a round more; changes nothing. */
    long expectedScore(CompiledContest contest, long entry, long units) {
        final long score = entries.score(entry);
        return switch (contest.type) {
            case MAX_ROUND, MAX_MULTIPLIER -> Math.max(score, units);
            case BEST_N_ROUNDS -> {
                final long kept = entries.kept(entry);
                yield score + (kept == 0 ? units : best.expectedGain(kept, contest.kept, units));
            }
            default -> score + units;
        };
    }

    /** Touches the rounds that an entry keeps, whose list is near; see {@code Pages.touch}. */
    long touchKept(CompiledContest contest, long entry) {
        final long kept = entries.kept(entry);
        return kept == 0 || contest.type != ContestDefinition.BoardType.BEST_N_ROUNDS ? 0
            : best.touchSlots(kept);
    }

    private long kept(long entry) {
        final long known = entries.kept(entry);
        if (known != 0) {
            return known;
        }
        final long made =
            allocator.allocate(Store.KEPT_ROUNDS.id(), KeptRounds.HEADER_BYTES);
        entries.setKept(entry, made);
        return made;
    }

    private void take(long entry, KeptRounds rounds, long kept) {
        entries.setScore(entry, rounds.sum(kept));
        entries.setFinishTs(entry, rounds.maxTs(kept));
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
