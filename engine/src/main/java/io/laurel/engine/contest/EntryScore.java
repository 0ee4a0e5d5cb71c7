package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.KeptRounds;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Touches;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a scored round makes of an entry, per type of board (semantics 6.1, 6.2). The caller has
 * checked that sums fit.
 */
final class EntryScore {
    private final Entries entries;
    private final Pages pages;
    private final Allocator allocator;
    private final KeptRounds best;
    private final KeptRounds first;
    private long expectedScore;
    private long expectedFinishTs;

    EntryScore(State state, Entries entries) {
        this.entries = entries;
        pages = state.pages();
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

    /**
     * Finds out what an entry would be with a round more; changes nothing.
     *
     * @param touches takes the lines that are read only where the round replaces another one
     */
    void expect(CompiledContest contest, long entry, long units, long ts, Touches touches) {
        final long score = entries.score(entry);
        final long finishTs = entries.finishTs(entry);
        expectedScore = score;
        expectedFinishTs = finishTs;
        switch (contest.type) {
            case MAX_ROUND, MAX_MULTIPLIER -> {
                if (isBetter(entry, units, ts, entries.rounds(entry) == 0)) {
                    expectedScore = units;
                    expectedFinishTs = ts;
                }
            }
            case BEST_N_ROUNDS -> {
                final long kept = entries.kept(entry);
                final boolean room = kept == 0 || best.count(kept) < contest.kept;
                if (room || units > best.points(kept, 0)) {
                    if (!room) {
                        best.addHeap(kept, touches);
                    }
                    expectedScore = score + (room ? units : units - best.points(kept, 0));
                    expectedFinishTs = Math.max(finishTs, ts);
                }
            }
            default -> {
                if (units != 0) {
                    expectedScore = score + units;
                    expectedFinishTs = Math.max(finishTs, ts);
                }
            }
        }
    }

    /** Returns the score that was to be expected, exact but for rare cases. */
    long expectedScore() {
        return expectedScore;
    }

    /** Returns the finish that was to be expected, exact but for rare cases. */
    long expectedFinishTs() {
        return expectedFinishTs;
    }

    /** Adds the rounds that an entry keeps, whose list is near. */
    void addKept(CompiledContest contest, long entry, Touches touches) {
        final long kept = entries.kept(entry);
        if (kept != 0 && contest.type == BoardType.BEST_N_ROUNDS) {
            best.addSlots(kept, contest.kept, touches);
        }
    }

    /** Returns what an entry holds. */
    EntryContents contents(CompiledContest contest, long entry, byte[] partition) {
        final List<EntryContents.Kept> rounds = new ArrayList<>();
        final long kept = entries.kept(entry);
        if (kept != 0) {
            final KeptRounds list = list(contest);
            for (int i = 0; i < list.count(kept); i++) {
                rounds.add(new EntryContents.Kept(list.points(kept, i), list.ts(kept, i),
                    list == first ? roundId(kept, i) : new byte[0]));
            }
        }
        return new EntryContents(partition, entries.rounds(entry) & 0xFFFF_FFFFL,
            entries.ruleVersion(entry), entries.score(entry), entries.multiplierE4(entry),
            entries.finishTs(entry), rounds);
    }

    private byte[] roundId(long kept, int index) {
        final long at = first.idRecordAt(kept, index);
        final byte[] id = new byte[pages.getByte(at) & 0xFF];
        pages.getBytes(at + 1, id, 0, id.length);
        return id;
    }

    private KeptRounds list(CompiledContest contest) {
        return contest.type == BoardType.FIRST_N_ROUNDS ? first : best;
    }

    /** Gives an entry other contents. */
    void replace(CompiledContest contest, long entry, EntryContents next) {
        clear(contest, entry);
        entries.setRounds(entry, (int) next.rounds());
        entries.setRuleVersion(entry, next.ruleVersion());
        entries.setScore(entry, next.score());
        entries.setMultiplierE4(entry, next.multiplierE4());
        entries.setFinishTs(entry, next.finishTs());
        if (!next.kept().isEmpty()) {
            final long kept = kept(entry);
            final UnsafeBuffer id = new UnsafeBuffer(0, 0);
            for (final EntryContents.Kept round : next.kept()) {
                id.wrap(round.roundId());
                offer(contest, kept, round.points(), round.ts(), id);
            }
            take(entry, list(contest), kept);
        }
    }

    /** Adds to an entry what a later part of the log has summed up. */
    void merge(CompiledContest contest, long entry, long later) {
        if (entries.rounds(later) == 0) {
            return;
        }
        final boolean isFirst = entries.rounds(entry) == 0;
        entries.setRounds(entry, entries.rounds(entry) + entries.rounds(later));
        entries.setRuleVersion(entry, entries.ruleVersion(later));
        entries.setMultiplierE4(entry,
            Math.max(entries.multiplierE4(entry), entries.multiplierE4(later)));
        final long kept = entries.kept(later);
        if (contest.type == BoardType.TOTAL) {
            entries.setScore(entry, entries.score(entry) + entries.score(later));
            entries.setFinishTs(entry,
                Math.max(entries.finishTs(entry), entries.finishTs(later)));
        } else if (kept == 0) {
            keepBest(entry, entries.score(later), entries.finishTs(later), isFirst);
        } else {
            final KeptRounds list = list(contest);
            final long to = kept(entry);
            final UnsafeBuffer id = new UnsafeBuffer(0, 0);
            for (int i = 0; i < list.count(kept); i++) {
                id.wrap(list == first ? roundId(kept, i) : new byte[0]);
                offer(contest, to, list.points(kept, i), list.ts(kept, i), id);
            }
            take(entry, list, to);
        }
    }

    private void offer(CompiledContest contest, long kept, long points, long ts,
        UnsafeBuffer id) {
        if (list(contest) == first) {
            first.offer(kept, contest.kept, points, ts, id, 0, id.capacity());
        } else {
            best.offer(kept, contest.kept, points, ts);
        }
    }

    /** Takes all rounds from an entry. */
    void clear(CompiledContest contest, long entry) {
        freeKept(list(contest), entry);
        entries.setRounds(entry, 0);
        entries.setRuleVersion(entry, 0);
        entries.setScore(entry, 0);
        entries.setMultiplierE4(entry, 0);
        entries.setFinishTs(entry, 0);
    }

    /**
     * Gives back the rounds that an entry keeps, of a contest whose rules may be others by now.
     *
     * @param byTime whether they were the first ones
     * @return how many records that took
     */
    int freeKept(long entry, boolean byTime) {
        return freeKept(byTime ? first : best, entry);
    }

    private int freeKept(KeptRounds list, long entry) {
        final long kept = entries.kept(entry);
        if (kept == 0) {
            return 0;
        }
        final int ids = list == first ? list.count(kept) : 0;
        list.clear(kept);
        allocator.free(Store.KEPT_ROUNDS.id(), kept, KeptRounds.HEADER_BYTES);
        entries.setKept(entry, 0);
        return ids + 2;
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
        if (isBetter(entry, units, ts, isFirst)) {
            entries.setScore(entry, units);
            entries.setFinishTs(entry, ts);
        }
    }

    private boolean isBetter(long entry, long units, long ts, boolean isFirst) {
        final long score = entries.score(entry);
        return isFirst || units > score || units == score && ts < entries.finishTs(entry);
    }
}
