package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Descents;
import io.laurel.engine.memory.Touches;
import io.laurel.engine.state.State;

/**
 * Brings near what rounds that are about to be scored will read: entry, kept rounds, and the
 * nodes of the trees on the way to the old key and to the one that is to be expected. It goes in
 * passes over all pairs of a round and a contest, so that misses in memory overlap instead of
 * waiting for each other. Changes nothing and decides nothing: a wrong guess only costs time.
 *
 * <p>What a method returns is what it read, added up; the caller must use it, or nothing is read.
 */
final class BoardTouch {
    /** Pairs of a round and a contest that are looked after at most. */
    private static final int LIMIT = 512;
    /** What the best twenty rounds take. */
    private static final int LINES_PER_PAIR = 5;

    private final Touches touches;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final EntryScore entryScore;
    private final Scoring scoring;
    private final Matcher matcher;
    private final Descents descents;
    private final Foreseen[] pairs = new Foreseen[LIMIT];
    private final ClosedRound[] expectedRounds;
    private final int[] places;
    private final int[] begins;
    private int count;
    private int rounds;
    private int generation;

    BoardTouch(State state, Contests contests, Boards boards, Entries entries,
        EntryScore entryScore, Scoring scoring, Matcher matcher, int roundLimit) {
        touches = new Touches(state.pages(), LINES_PER_PAIR * LIMIT);
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.scoring = scoring;
        this.matcher = matcher;
        expectedRounds = new ClosedRound[roundLimit];
        places = new int[roundLimit];
        begins = new int[roundLimit + 1];
        this.entryScore = entryScore;
        descents = boards.descents(LIMIT);
        for (int i = 0; i < LIMIT; i++) {
            pairs[i] = new Foreseen();
        }
    }

    /** Forgets all rounds. */
    void clear() {
        count = 0;
        rounds = 0;
        descents.clear();
    }

    /**
     * Adds a round, which must stay as it is until {@link #clear}.
     *
     * @param place of the round in its batch, ascending
     */
    void add(ClosedRound expected, int place) {
        final int matched = matcher.match(expected);
        if (matched > LIMIT - count || rounds == places.length) {
            return;
        }
        places[rounds] = place;
        expectedRounds[rounds] = expected;
        begins[rounds] = count;
        rounds++;
        begins[rounds] = count + matched;
        generation = matcher.generation();
        for (int i = 0; i < matched; i++) {
            final CompiledContest contest = matcher.matched(i);
            pairs[count].begin(contest, expected, contests.participants(contest.ref));
            count++;
        }
    }

    /** Touches what all rounds added will need. */
    long run() {
        for (int i = 0; i < rounds; i++) {
            touches.add(entries.lineOf(expectedRounds[i].player()));
        }
        long sum = touches.run();
        for (int i = 0; i < count; i++) {
            final Foreseen pair = pairs[i];
            pair.entry = entries.guess(pair.board, pair.round.player());
            touches.add(pair.entry);
        }
        sum += touches.run();
        for (int i = 0; i < count; i++) {
            if (pairs[i].entry != 0) {
                addBehindEntry(pairs[i]);
            }
        }
        sum += touches.run() + descents.bringLeaves();
        for (int i = 0; i < count; i++) {
            if (pairs[i].entry != 0) {
                entryScore.addKept(pairs[i].contest, pairs[i].entry, touches);
            }
        }
        sum += touches.run();
        for (int i = 0; i < count; i++) {
            if (pairs[i].way != Descents.NONE) {
                expectKey(pairs[i]);
            }
        }
        return sum + touches.run() + descents.run();
    }

    /**
     * Scores a round in the contests that were found for it, if they are still the ones.
     *
     * @return false where nothing was done: the round must take the long way
     */
    boolean score(ClosedRound closed, int place) {
        int at = 0;
        while (at < rounds && places[at] != place) {
            at++;
        }
        if (at == rounds || generation != matcher.generation()
            || !expectedRounds[at].hasScopeOf(closed)) {
            return false;
        }
        final boolean sameWorth = expectedRounds[at].hasWorthOf(closed);
        for (int i = begins[at]; i < begins[at + 1]; i++) {
            final Foreseen pair = pairs[i];
            if (!sameWorth) {
                pair.roundsBefore = -1;
            }
            scoring.score(pair.contest, closed, pair);
        }
        return true;
    }

    private void addBehindEntry(Foreseen pair) {
        touches.add(entries.kept(pair.entry));
        if (pair.contest.entityIsPlayer && entries.is(pair.entry, Entries.RANKED)) {
            pair.way = descents.add(boards.tree(pair.board), Allocator.ref(pair.entry));
        }
    }

    private void expectKey(Foreseen pair) {
        final CompiledContest contest = pair.contest;
        final long entry = pair.entry;
        entryScore.expect(contest, entry, scoring.foresee(pair), pair.round.ts(),
            touches);
        boards.pack(contest, entry, entryScore.expectedScore(),
            Math.max(entries.multiplierE4(entry), pair.round.multiplierE4()),
            entries.rounds(entry) + 1, entryScore.expectedFinishTs(), Allocator.ref(entry),
            pair.newKey);
        descents.expect(pair.way, pair.newKey);
        pair.keyKnown = true;
    }
}
