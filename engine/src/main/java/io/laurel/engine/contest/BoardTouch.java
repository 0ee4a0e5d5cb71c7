package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Descents;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.State;

/**
 * Brings near what rounds that are about to be scored will read: index, entry, kept rounds, and the
 * nodes of the trees on the way to the old key and to the one that is to be expected. It goes in
 * passes over all pairs of a round and a contest, so that misses in memory overlap instead of
 * waiting for each other. Changes nothing and decides nothing: a wrong guess only costs time.
 *
 * <p>What a method returns is what it read, added up; the caller must use it, or nothing is read.
 */
final class BoardTouch {
    /** Pairs of a round and a contest that are looked after at most. */
    private static final int LIMIT = 512;

    private final Pages pages;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final EntryScore entryScore;
    private final Scoring scoring;
    private final Matcher matcher;
    private final Descents descents;
    private final CompiledContest[] contest = new CompiledContest[LIMIT];
    private final ClosedRound[] round = new ClosedRound[LIMIT];
    private final int[] board = new int[LIMIT];
    private final int[] oldWay = new int[LIMIT];
    private final int[] newWay = new int[LIMIT];
    private final long[] entry = new long[LIMIT];
    private final long[] key = new long[BoardKey.LENGTH];
    private final ClosedRound[] expectedRounds;
    private final int[] places;
    private final int[] begins;
    private int count;
    private int rounds;
    private int generation;

    BoardTouch(State state, Contests contests, Boards boards, Entries entries,
        EntryScore entryScore, Scoring scoring, Matcher matcher, int roundLimit) {
        pages = state.pages();
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.scoring = scoring;
        this.matcher = matcher;
        expectedRounds = new ClosedRound[roundLimit];
        places = new int[roundLimit];
        begins = new int[roundLimit + 1];
        this.entryScore = entryScore;
        descents = boards.trees().descents(2 * LIMIT);
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
            contest[count] = matcher.matched(i);
            round[count] = expected;
            oldWay[count] = Descents.NONE;
            newWay[count] = Descents.NONE;
            board[count] = contests.participants(contest[count].ref);
            count++;
        }
    }

    /** Touches what all rounds added will need. */
    long run() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += entries.touch(board[i], round[i].player());
        }
        for (int i = 0; i < count; i++) {
            entry[i] = entries.guess(board[i], round[i].player());
            sum += pages.touch(entry[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += entry[i] == 0 ? 0 : pages.touch(entries.kept(entry[i]));
        }
        for (int i = 0; i < count; i++) {
            sum += entry[i] == 0 ? 0 : entryScore.touchKept(contest[i], entry[i]);
        }
        for (int i = 0; i < count; i++) {
            if (entry[i] != 0 && contest[i].entityIsPlayer) {
                addDescents(i);
            }
        }
        return sum + descents.run();
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
        for (int i = begins[at]; i < begins[at + 1]; i++) {
            boards.guess(descents, oldWay[i], newWay[i]);
            scoring.score(contest[i], closed, entry[i]);
        }
        boards.guess(descents, Descents.NONE, Descents.NONE);
        return true;
    }

    private void addDescents(int pair) {
        final CompiledContest of = contest[pair];
        final long at = entry[pair];
        final long tree = boards.tree(entries.board(at));
        boards.pack(of, at, Allocator.ref(at), key);
        final long oldWord = key[0];
        oldWay[pair] = descents.add(tree, oldWord);
        boards.packExpected(of, at, entryScore.expectedScore(of, at,
            scoring.expectedUnits(of, round[pair], at)), round[pair], key);
        newWay[pair] = key[0] == oldWord ? oldWay[pair] : descents.add(tree, key[0]);
    }
}
