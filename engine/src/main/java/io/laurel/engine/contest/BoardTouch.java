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
 * <p>Every method returns what it read, added up; the caller must use it, or nothing is read.
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
    private final long[] entry = new long[LIMIT];
    private final long[] key = new long[BoardKey.LENGTH];
    private int count;

    BoardTouch(State state, Contests contests, Boards boards, Entries entries, Scoring scoring,
        Matcher matcher) {
        pages = state.pages();
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.scoring = scoring;
        this.matcher = matcher;
        entryScore = new EntryScore(state, entries);
        descents = boards.trees().descents(2 * LIMIT);
    }

    /** Adds a round, which must stay as it is until {@link #run}; touches the index. */
    long add(ClosedRound expected) {
        long sum = 0;
        final int matched = Math.min(matcher.match(expected), LIMIT - count);
        for (int i = 0; i < matched; i++) {
            contest[count] = matcher.matched(i);
            round[count] = expected;
            sum += entries.touch(contests.participants(contest[count].ref), expected.player());
            count++;
        }
        return sum;
    }

    /** Touches the rest for all rounds added, and forgets them. */
    long run() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            entry[i] = entries.guess(contests.participants(contest[i].ref), round[i].player());
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
                addDescents(contest[i], round[i], entry[i]);
            }
        }
        count = 0;
        return sum + descents.run();
    }

    private void addDescents(CompiledContest of, ClosedRound expected, long at) {
        final int board = entries.board(at);
        final long tree = boards.tree(board);
        boards.pack(of, at, Allocator.ref(at), key);
        final long oldWord = key[0];
        descents.add(tree, oldWord);
        boards.packExpected(of, at, entryScore.expectedScore(of, at,
            scoring.expectedUnits(of, expected, at)), expected, key);
        if (key[0] != oldWord) {
            descents.add(tree, key[0]);
        }
    }
}
