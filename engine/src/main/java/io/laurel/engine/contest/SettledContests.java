package io.laurel.engine.contest;

import io.laurel.engine.memory.Pages;
import io.laurel.engine.query.SettledContest;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;

/**
 * The settled contests in the order in which the log settled them, so that whoever builds on their
 * results can go on from the last one that he knows. Nothing about them changes any more.
 *
 * <pre>
 * in the contest's record (16 B): 0 sequence of the command i64 · 8 next settled contest u32
 * </pre>
 */
final class SettledContests {
    private static final int SEQUENCE = 0;
    private static final int NEXT = 8;

    private final State state;
    private final Pages pages;
    private final Contests contests;
    private final Boards boards;
    private final Catalogue catalogue;

    SettledContests(State state, Contests contests, Boards boards, Catalogue catalogue) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.catalogue = catalogue;
        pages = state.pages();
    }

    /** Appends a contest that the command at hand has settled. */
    void append(int contest) {
        pages.putLong(contests.settledAt(contest) + SEQUENCE, state.sequence());
        final int last = (int) state.get(Slot.SETTLED_LAST);
        if (last == 0) {
            state.set(Slot.SETTLED_LIST, contest);
        } else {
            pages.putInt(contests.settledAt(last) + NEXT, contest);
        }
        state.set(Slot.SETTLED_LAST, contest);
    }

    /**
     * Returns the contest that was settled next.
     *
     * @param id of a settled contest, empty = none
     * @return null where there is none yet
     */
    SettledContest after(String id) {
        int contest = (int) state.get(Slot.SETTLED_LIST);
        if (!id.isEmpty()) {
            final int before = contests.find(id);
            if (before == 0 || contests.stateOf(before) != ContestState.SETTLED) {
                throw new IllegalArgumentException(id + " is no settled contest");
            }
            contest = pages.getInt(contests.settledAt(before) + NEXT);
        }
        return contest == 0 ? null : new SettledContest(contests.id(contest),
            pages.getLong(contests.settledAt(contest) + SEQUENCE), contests.version(contest),
            contests.rulesHash(contest), catalogue.compiled(contest).scoreScale,
            boards.size(contests.mainBoard(contest)), contests.boardHash(contest));
    }
}
