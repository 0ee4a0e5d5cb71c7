package io.laurel.engine.contest;

/**
 * What is said of a player in one contest. The marks lie on the participant's entry alone; they are
 * carried to every board on which the player stands by showing or hiding the entries there.
 */
final class Participants {
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;

    Participants(Contests contests, Boards boards, Entries entries) {
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
    }

    /** Sets or clears a mark of a participant and shows or hides the player accordingly. */
    void mark(CompiledContest contest, long participant, int flag, boolean on) {
        entries.set(participant, flag, on);
        if (!contest.entityIsPlayer) {
            return;
        }
        final int player = entries.entity(participant);
        for (int board = contests.boards(contest.ref); board != 0; board = boards.next(board)) {
            final long entry = entries.find(board, player);
            if (entry != 0) {
                boards.beforeChange(contest, entry);
                boards.afterChange(contest, entry, isVisible(contest, entry));
            }
        }
    }

    /** Returns whether a participant is neither kept out of sight nor removed. */
    boolean isShown(long participant) {
        return !entries.is(participant, Entries.FROZEN | Entries.DISQUALIFIED);
    }

    /** Returns whether an entry belongs into its tree. */
    boolean isVisible(CompiledContest contest, long entry) {
        if (entries.rounds(entry) == 0) {
            return false;
        }
        return !contest.entityIsPlayer || isShown(
            entries.find(contests.participants(contest.ref), entries.entity(entry)));
    }
}
