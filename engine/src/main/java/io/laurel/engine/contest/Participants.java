package io.laurel.engine.contest;

import io.laurel.protocol.storage.PlayerOperation;

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

    /**
     * Returns a participant's entry, 0 where nothing is known. What lasts is taken over from an
     * earlier epoch when the player is first looked at after a restart.
     */
    long find(int contest, int player) {
        return find(contest, player, 0);
    }

    /**
     * As the other one.
     *
     * @param guess what may be the entry, 0 = no idea
     */
    long find(int contest, int player, long guess) {
        final int board = contests.participants(contest);
        final long entry = entries.isOf(guess, board, player) ? guess
            : entries.find(board, player);
        if (entry != 0 || boards.earlier(board) == 0) {
            return entry;
        }
        for (int earlier = boards.earlier(board); earlier != 0;
            earlier = boards.earlier(earlier)) {
            final long before = entries.find(earlier, player);
            if (before != 0) {
                final long made = entries.findOrCreate(board, player);
                entries.inherit(made, entries.lasting(before));
                return made;
            }
        }
        return 0;
    }

    /** Returns a participant's entry, made where nothing is known. */
    long findOrCreate(int contest, int player) {
        final long known = find(contest, player);
        return known != 0 ? known
            : entries.findOrCreate(contests.participants(contest), player);
    }

    /**
     * Returns whether an operation asks for what is so already.
     *
     * @param participant 0 = nothing is known
     */
    boolean isAlready(PlayerOperation operation, CompiledContest contest, long participant) {
        return switch (operation) {
            case ENTER -> takesPart(contest, participant);
            case LEAVE -> !takesPart(contest, participant);
            case FREEZE -> isMarked(participant, Entries.FROZEN);
            case UNFREEZE -> !isMarked(participant, Entries.FROZEN);
            case DISQUALIFY -> isMarked(participant, Entries.DISQUALIFIED);
            default -> throw new IllegalStateException("unknown operation " + operation);
        };
    }

    private boolean isMarked(long participant, int flag) {
        return participant != 0 && entries.is(participant, flag);
    }

    /**
     * Returns whether rounds of a player count: who left is out until entering again; who never
     * entered is in where that is not asked.
     */
    boolean takesPart(CompiledContest contest, long participant) {
        return contest.definition.optIn() ? isMarked(participant, Entries.ENTERED)
            : !isMarked(participant, Entries.LEFT);
    }

    /** Does something to a participant. */
    void operate(PlayerOperation operation, CompiledContest contest, long participant) {
        switch (operation) {
            case ENTER, LEAVE -> {
                entries.set(participant, Entries.ENTERED, operation == PlayerOperation.ENTER);
                entries.set(participant, Entries.LEFT, operation == PlayerOperation.LEAVE);
            }
            case FREEZE -> mark(contest, participant, Entries.FROZEN, true);
            case UNFREEZE -> mark(contest, participant, Entries.FROZEN, false);
            case DISQUALIFY -> mark(contest, participant, Entries.DISQUALIFIED, true);
            default -> throw new IllegalStateException("unknown operation " + operation);
        }
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
            find(contest.ref, entries.entity(entry)));
    }
}
