package io.laurel.engine.contest;

import io.laurel.engine.abuse.LookBack;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;

/**
 * Gives back what a contest held before it was restarted. No list leads to the entries of a board,
 * so a pass goes over the index of all entries, takes out those of epochs that are over, and then
 * takes down the boards that were old when it began. It goes on with ticks alone: no event waits.
 * Of a player who had entered one entry stays, with what lasts.
 *
 * <p>Root slots: the boards that wait for a pass, those of the pass under way, and how many buckets
 * it has gone over.
 */
final class OldBoards {
    /** Records that one tick looks at or frees, and a few more. */
    static final int SLICE = 256;
    /** Nodes of a tree hold more, on the average. */
    private static final int ENTRIES_PER_NODE = 16;

    private final State state;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final EntryScore entryScore;
    private final Marks marks;
    private final LookBack lookBack;

    OldBoards(State state, Contests contests, Boards boards, Entries entries,
        EntryScore entryScore, Marks marks) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.entryScore = entryScore;
        this.marks = marks;
        lookBack = new LookBack(state);
    }

    /** Returns whether there is something to give back. */
    boolean pending() {
        return (state.get(Slot.OLD_BOARDS) | state.get(Slot.SWEPT_BOARDS)) != 0;
    }

    /** Goes on with the pass, or begins one where boards wait. */
    void runSlice() {
        if (state.get(Slot.SWEPT_BOARDS) == 0) {
            state.set(Slot.SWEPT_BOARDS, state.get(Slot.OLD_BOARDS));
            state.set(Slot.OLD_BOARDS, 0);
            state.set(Slot.SWEPT_BUCKETS, 0);
        }
        int left = SLICE;
        int bucket = (int) state.get(Slot.SWEPT_BUCKETS);
        for (; left > 0 && bucket < entries.buckets(); bucket++) {
            left -= sweep(bucket);
        }
        state.set(Slot.SWEPT_BUCKETS, bucket);
        while (left > 0 && state.get(Slot.SWEPT_BOARDS) != 0) {
            left -= takeDown((int) state.get(Slot.SWEPT_BOARDS), left);
        }
    }

    /** Takes the old entries out of a bucket; returns what it cost. */
    private int sweep(int bucket) {
        int cost = 1;
        long cursor = entries.firstIn(bucket);
        while (cursor != 0) {
            final long entry = entries.at(cursor);
            cost++;
            if (isOld(entry)) {
                cost += drop(entry);
                cursor = entries.firstIn(bucket);
            } else {
                cursor = entries.after(cursor);
            }
        }
        return cost;
    }

    private boolean isOld(long entry) {
        if (entries.isSum(entry)) {
            return false;
        }
        final int board = entries.board(entry);
        return boards.epoch(board) != contests.epoch(boards.contest(board));
    }

    private int drop(long entry) {
        final int contest = boards.contest(entries.board(entry));
        final int present = contests.participants(contest);
        for (int old = boards.earlier(present); old != 0; old = boards.earlier(old)) {
            if (old == entries.board(entry)) {
                return dropParticipant(present, entries.entity(entry));
            }
        }
        return free(entry);
    }

    /** What lasts goes over to the present epoch, from the latest one that knew the player. */
    private int dropParticipant(int present, int player) {
        boolean known = entries.find(present, player) != 0;
        int lasting = 0;
        int cost = 0;
        for (int old = boards.earlier(present); old != 0; old = boards.earlier(old)) {
            final long entry = entries.find(old, player);
            if (entry != 0) {
                lasting = known ? lasting : entries.lasting(entry);
                known = true;
                cost += free(entry);
            }
        }
        if (lasting != 0) {
            entries.inherit(entries.create(present, player), lasting);
        }
        return cost;
    }

    private int free(long entry) {
        final int board = entries.board(entry);
        final int cost = 1 + entryScore.freeKept(entry, boards.isByTime(board));
        if (entries.lookBack(entry) != 0) {
            lookBack.free(entries.lookBack(entry));
        }
        if (entries.is(entry, Entries.VOIDED)) {
            marks.forget(boards.contest(board), boards.epoch(board), entries.entity(entry));
        }
        entries.drop(entry);
        return cost;
    }

    /** Takes a board down that has no entries any more, or a part of its tree. */
    private int takeDown(int board, int most) {
        final long tree = boards.tree(board);
        int cost = 1;
        if (tree != 0) {
            cost += (int) Math.min(most, boards.size(board) / ENTRIES_PER_NODE);
            if (!boards.trees().freeSlice(tree, most)) {
                return most;
            }
            boards.dropTree(board);
        }
        unlink(board);
        state.set(Slot.SWEPT_BOARDS, boards.next(board));
        boards.drop(board);
        return cost;
    }

    /** Behind the board, in the chain of epochs, come older ones only: their turn is now, too. */
    private void unlink(int board) {
        int later = contests.participants(boards.contest(board));
        while (later != 0 && boards.earlier(later) != board) {
            later = boards.earlier(later);
        }
        if (later != 0) {
            boards.setEarlier(later, 0);
        }
    }
}
