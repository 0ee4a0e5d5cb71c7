package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.CountedTree;
import io.laurel.engine.memory.Descents;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Boards: an ordered tree of entries each, found by contest, epoch and partition. An entry whose
 * fields change stands in its tree as it was before until {@link #afterChange} moves it, which does
 * not ask for its old order; nothing is compared with it meanwhile. {@link #beforeChange} and
 * {@link #afterChange} stand around every change. While a contest is frozen its trees do not move;
 * changed entries leave a shadow of what the public saw, and the trees catch up at the end.
 *
 * <pre>
 * body of the dictionary record (32 B): 0 tree u32 (0 = unordered) · 4 contest u32
 *                                       8 next board of the contest u32
 *                                       12 participants of the epoch before u32
 *                                       16 begin i64 · 24 window bits u8, see BoardKey
 *                                       25 keeps the first rounds u8
 * key: contest u32 · epoch u32 · kind u8 · value of the partition
 * </pre>
 */
final class Boards {
    /** The board of everybody. */
    static final int KIND_MAIN = 0;
    /** What is known per player where the entries belong to something else; unordered. */
    static final int KIND_PARTICIPANTS = 1;
    /** The board of one partition. */
    static final int KIND_PARTITION = 2;

    private static final int KEY_HEAD_BYTES = 9;
    private static final int TREE = 0;
    private static final int CONTEST = 4;
    private static final int NEXT = 8;
    private static final int EARLIER = 12;
    private static final int BEGIN = 16;
    private static final int WINDOW_BITS = 24;
    private static final int BY_TIME = 25;
    private static final int BODY_BYTES = 32;

    private final State state;
    private final Pages pages;
    private final Contests contests;
    private final Entries entries;
    private final IdDictionary ids;
    private final CountedTree trees;
    private final UnsafeBuffer boardKey = new UnsafeBuffer(new byte[KEY_HEAD_BYTES + 64]);
    private final long[] newKey = new long[BoardKey.LENGTH];
    private final long[] theirKey = new long[BoardKey.LENGTH];
    private CompiledContest comparing;
    private Descents ways;

    Boards(State state, Contests contests, Entries entries) {
        this.state = state;
        pages = state.pages();
        this.contests = contests;
        this.entries = entries;
        ids = Dictionaries.open(state, Slot.BOARDS, Store.CONTESTS, BODY_BYTES,
            Dictionaries.BOARD);
        trees = new CountedTree(state.allocator(), Store.TREES.id(), this::compareEntries,
            entries);
    }

    /** Decides where the words in the tree do not: by whole fields, then by the bytes of ids. */
    private int compareEntries(long[] key, int ref) {
        final int ours = (int) key[1];
        final long entry = Allocator.at(ref);
        final long shadow = entries.shadow(entry);
        pack(comparing, shadow == 0 ? entry : shadow, ref, theirKey);
        final int order = comparing.key.compare(key, theirKey);
        return order != 0 || ours == ref ? order : IdDictionary.compareIds(pages,
            entries.entity(Allocator.at(ours)), entries.entity(Allocator.at(ref)));
    }

    /** Returns the trees, for reading. */
    CountedTree trees() {
        return trees;
    }

    /** Returns a board, 0 where no round made it. */
    int find(int contest, int kind, DirectBuffer value, int offset, int length) {
        return ids.find(boardKey, 0, key(contest, kind, value, offset, length));
    }

    /** Returns a board, made where it is new. */
    int findOrCreate(CompiledContest contest, int kind, DirectBuffer value, int offset,
        int length) {
        final int keyLength = key(contest.ref, kind, value, offset, length);
        final int board = ids.intern(boardKey, 0, keyLength);
        if (ids.lastWasNew()) {
            final long at = ids.bodyAt(board);
            final long tree = kind == KIND_PARTICIPANTS ? 0 : trees.create();
            pages.putInt(at + TREE, Allocator.ref(tree));
            pages.putInt(at + CONTEST, contest.ref);
            pages.putInt(at + NEXT, contests.boards(contest.ref));
            pages.putLong(at + BEGIN, contests.startNs(contest.ref));
            pages.putByte(at + WINDOW_BITS, (byte) BoardKey.windowBits(
                contests.startNs(contest.ref), contests.endNs(contest.ref)));
            pages.putByte(at + BY_TIME,
                (byte) (contest.type == BoardType.FIRST_N_ROUNDS ? 1 : 0));
            contests.setBoards(contest.ref, board);
        }
        return board;
    }

    private int key(int contest, int kind, DirectBuffer value, int offset, int length) {
        boardKey.putInt(0, contest);
        boardKey.putInt(4, contests.epoch(contest));
        boardKey.putByte(8, (byte) kind);
        if (length > 0) {
            boardKey.putBytes(KEY_HEAD_BYTES, value, offset, length);
        }
        return KEY_HEAD_BYTES + length;
    }

    /** Returns the tree of a board, 0 where it has no order. */
    long tree(int board) {
        return Allocator.at(pages.getInt(ids.bodyAt(board) + TREE));
    }

    /** Returns the value of the partition that a board stands for; empty = the main board. */
    byte[] partition(int board) {
        final byte[] value =
            new byte[IdDictionary.idLength(pages, board) - KEY_HEAD_BYTES];
        pages.getBytes(IdDictionary.idAt(pages, board) + KEY_HEAD_BYTES, value, 0, value.length);
        return value;
    }

    /** Returns the board of the same contest that was made before, 0 = none. */
    int next(int board) {
        return pages.getInt(ids.bodyAt(board) + NEXT);
    }

    /** Ends the epoch of a contest: puts its boards before those that {@link OldBoards} has. */
    void retire(int contest) {
        // the main board is the first of its epoch, so the last of the chain
        pages.putInt(ids.bodyAt(contests.mainBoard(contest)) + NEXT,
            (int) state.get(Slot.OLD_BOARDS));
        state.set(Slot.OLD_BOARDS, contests.boards(contest));
        contests.setBoards(contest, 0);
        contests.setEpoch(contest, contests.epoch(contest) + 1);
    }

    int contest(int board) {
        return pages.getInt(ids.bodyAt(board) + CONTEST);
    }

    int epoch(int board) {
        return pages.getInt(IdDictionary.idAt(pages, board) + Integer.BYTES);
    }

    /** Returns whether the entries of a board keep the first rounds, not the best. */
    boolean isByTime(int board) {
        return pages.getByte(ids.bodyAt(board) + BY_TIME) != 0;
    }

    /** Forgets the tree of a board, which is gone. */
    void dropTree(int board) {
        pages.putInt(ids.bodyAt(board) + TREE, 0);
    }

    /** Takes a board away that has neither entries nor a tree. */
    void drop(int board) {
        ids.remove(board);
    }

    /** Returns the participants of the epoch before those on a board, 0 = none. */
    int earlier(int board) {
        return pages.getInt(ids.bodyAt(board) + EARLIER);
    }

    void setEarlier(int board, int earlier) {
        pages.putInt(ids.bodyAt(board) + EARLIER, earlier);
    }

    /** Returns how many are ranked on a board. */
    long size(int board) {
        return trees.size(tree(board));
    }

    /** Returns the one set of ways that what is foreseen may speak of. */
    Descents descents(int keys) {
        ways = trees.descents(keys);
        return ways;
    }

    /** Must be called before an entry's fields change. */
    void beforeChange(CompiledContest contest, long entry) {
        if (contests.isFrozen(contest.ref) && entries.shadow(entry) == 0) {
            final long shadow = entries.addShadow(entry, contests.changed(contest.ref));
            contests.setChanged(contest.ref, Allocator.ref(shadow));
        }
    }

    /** Must be called after an entry's fields changed; puts it where it belongs now. */
    void afterChange(CompiledContest contest, long entry, boolean visible) {
        afterChange(contest, entry, visible, Foreseen.NOTHING);
    }

    /** As the other one, with what may be known of this change. */
    void afterChange(CompiledContest contest, long entry, boolean visible, Foreseen known) {
        if (!contests.isFrozen(contest.ref)) {
            place(contest, entry, visible, known.hasKeyOf(entry) ? known : Foreseen.NOTHING);
        }
    }

    private void place(CompiledContest contest, long entry, boolean visible, Foreseen known) {
        final long tree = tree(entries.board(entry));
        if (tree == 0) {
            return;
        }
        final boolean wasRanked = entries.is(entry, Entries.RANKED);
        if (visible) {
            final long[] key = key(contest, entry, known);
            if (wasRanked) {
                trees.move(tree, key, ways.position(known.way), ways, known.way);
            } else {
                trees.insert(tree, key);
                entries.set(entry, Entries.RANKED, true);
            }
        } else if (wasRanked) {
            comparing = contest;
            trees.delete(tree, Allocator.ref(entry));
            entries.set(entry, Entries.RANKED, false);
        }
    }

    /** Returns the key of an entry: the one foreseen, if it is that, or else packed anew. */
    private long[] key(CompiledContest contest, long entry, Foreseen known) {
        comparing = contest;
        if (known != Foreseen.NOTHING && contest.key.isOf(known.newKey, entries.score(entry),
            entries.multiplierE4(entry), entries.rounds(entry), entries.finishTs(entry))) {
            return known.newKey;
        }
        pack(contest, entry, Allocator.ref(entry), newKey);
        return newKey;
    }

    /**
     * Lets the trees of a contest catch up with what happened while it was frozen.
     *
     * @param limit most entries to move
     * @return how many were moved
     */
    int catchUp(CompiledContest contest, Visibility visibility, int limit) {
        int next = contests.changed(contest.ref);
        int moved = 0;
        for (; next != 0 && moved < limit; moved++) {
            final long shadow = Allocator.at(next);
            final long entry = entries.entryOfShadow(shadow);
            next = entries.dropShadow(shadow);
            place(contest, entry, visibility.isVisible(contest, entry), Foreseen.NOTHING);
        }
        contests.setChanged(contest.ref, next);
        return moved;
    }

    /**
     * Packs what orders an entry, or its shadow under the entry's reference. The next call on the
     * trees must be about the same contest.
     *
     * @param key takes {@link BoardKey#LENGTH} words
     */
    void pack(CompiledContest contest, long fields, int ref, long[] key) {
        pack(contest, fields, entries.score(fields), entries.multiplierE4(fields),
            entries.rounds(fields), entries.finishTs(fields), ref, key);
    }

    /** As the other one, with other fields than the entry has. */
    void pack(CompiledContest contest, long entry, long score, long multiplierE4, int rounds,
        long finishTs, int ref, long[] key) {
        comparing = contest;
        final long board = ids.bodyAt(entries.board(entry));
        contest.key.pack(score, multiplierE4, rounds, finishTs, pages.getLong(board + BEGIN),
            pages.getByte(board + WINDOW_BITS), pages, entries.entity(entry), ref, key);
    }

    /** Says who is shown. */
    @FunctionalInterface
    interface Visibility {
        /** Returns whether an entry belongs into its tree. */
        boolean isVisible(CompiledContest contest, long entry);
    }
}
