package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.HashIndex;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Placement;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * The entries of all boards: one cache line each, found by board and entity. Those of players are
 * listed with each player, the others, and what a list has no room for, stand in one index. An
 * entry holds what semantics 6.1 names and where its further state lies.
 *
 * <pre>
 * entry (64 B): 0 board u32 · 4 entity u32 · 8 score i64 · 16 highest multiplier i64
 *               24 finish ts i64 · 32 rounds u32 · 36 rule version u32 · 40 delta i64
 *               48 kept rounds u32 · 52 flags u8 · 53 more flags u8 · 56 look-back u32
 *               60 the leaf of the tree, or where there is one the shadow, or where this sums up
 *                  for a mark the next sum u32
 * shadow (80 B): the entry as the public saw it when the contest was frozen
 *               60 leaf u32 · 64 next shadow u32 · 68 entry u32
 * </pre>
 */
final class Entries implements Placement {
    static final int ENTRY_BYTES = 64;

    /** Kept out of sight: by an operator or by a signal. */
    static final int FROZEN = 1;
    /** Removed for good. */
    static final int DISQUALIFIED = 2;
    /** Has entered a contest that asks for it. */
    static final int ENTERED = 4;
    /** Stands in the ordered tree. */
    static final int RANKED = 8;
    /** A signal spoke of this player. */
    static final int FLAGGED = 16;
    /** Has left, and not entered again since. */
    static final int LEFT = 32;

    /** Waits to be derived anew, see {@link Marks}. */
    static final int REBUILDING = 64;
    /** Some of the player's rounds count in no score any more. */
    static final int VOIDED = 128;

    /** What stays with a player when standings are voided. */
    private static final int LASTING = FROZEN | DISQUALIFIED | ENTERED | FLAGGED | LEFT;

    private static final int SHADOW_BYTES = 80;
    private static final int BOARD = 0;
    private static final int ENTITY = 4;
    private static final int SCORE = 8;
    private static final int MULTIPLIER = 16;
    private static final int FINISH_TS = 24;
    private static final int ROUNDS = 32;
    private static final int RULE_VERSION = 36;
    private static final int DELTA = 40;
    private static final int KEPT = 48;
    private static final int FLAGS = 52;
    private static final int MORE_FLAGS = 53;
    private static final byte HAS_SHADOW = 1;
    private static final byte IS_SUM = 2;
    private static final int LOOK_BACK = 56;
    private static final int LINK = 60;
    private static final int SHADOW_NEXT = 64;
    private static final int SHADOW_ENTRY = 68;

    private final Pages pages;
    private final Allocator allocator;
    private final HashIndex index;
    private final EntryLists lists;

    Entries(State state) {
        pages = state.pages();
        allocator = state.allocator();
        lists = new EntryLists(allocator, Store.ENTRIES.id());
        if (state.get(Slot.ENTRIES) == 0) {
            index = HashIndex.create(allocator, Store.ENTRIES.id());
            state.set(Slot.ENTRIES, index.headerAt());
        } else {
            index = HashIndex.open(allocator, Store.ENTRIES.id(), state.get(Slot.ENTRIES));
        }
    }

    /** Returns the entry of an entity on a board, 0 where there is none. */
    long find(int board, int entity) {
        if (isPlayer(entity)) {
            final int listed = lists.find(entity, board);
            if (listed != 0 || index.size() == 0) {
                return Allocator.at(listed);
            }
        }
        return findInIndex(board, entity);
    }

    private boolean isPlayer(int entity) {
        return IdDictionary.kind(pages, entity) == Dictionaries.PLAYER;
    }

    private long findInIndex(int board, int entity) {
        final int hash = hash(board, entity);
        for (long slot = index.find(hash); slot != 0; slot = index.next(slot, hash)) {
            final long at = Allocator.at(index.ref(slot));
            if (pages.getInt(at + ENTITY) == entity && pages.getInt(at + BOARD) == board) {
                return at;
            }
        }
        return 0;
    }

    /** Returns whether an entry, 0 for none, is that of an entity on a board. */
    boolean isOf(long entry, int board, int entity) {
        return entry != 0 && entity(entry) == entity && board(entry) == board;
    }

    long findOrCreate(int board, int entity) {
        final long found = find(board, entity);
        return found != 0 ? found : create(board, entity);
    }

    /** Makes an entry that {@link #find} does not know. */
    long create(int board, int entity) {
        final long at = allocator.allocate(Store.ENTRIES.id(), ENTRY_BYTES);
        pages.putInt(at + BOARD, board);
        pages.putInt(at + ENTITY, entity);
        if (!isPlayer(entity) || !lists.add(entity, board, Allocator.ref(at))) {
            index.insert(hash(board, entity), Allocator.ref(at));
        }
        return at;
    }

    /** Returns the place that {@link #guess} reads behind a player's record, which is near. */
    long lineOf(int player) {
        return lists.lineOf(player);
    }

    /** Returns a player's entry on a board, if it is listed; reads no entry. */
    long guess(int board, int player) {
        return Allocator.at(lists.find(player, board));
    }

    private static int hash(int board, int entity) {
        final long mixed = (board & 0xFFFF_FFFFL) * 0x9E37_79B9_7F4A_7C15L
            ^ (entity & 0xFFFF_FFFFL) * 0xC2B2_AE3D_27D4_EB4FL;
        return (int) (mixed >>> 32 ^ mixed >>> 16);
    }

    int board(long entry) {
        return pages.getInt(entry + BOARD);
    }

    int entity(long entry) {
        return pages.getInt(entry + ENTITY);
    }

    long score(long entry) {
        return pages.getLong(entry + SCORE);
    }

    void setScore(long entry, long score) {
        pages.putLong(entry + SCORE, score);
    }

    long multiplierE4(long entry) {
        return pages.getLong(entry + MULTIPLIER);
    }

    void setMultiplierE4(long entry, long multiplierE4) {
        pages.putLong(entry + MULTIPLIER, multiplierE4);
    }

    long finishTs(long entry) {
        return pages.getLong(entry + FINISH_TS);
    }

    void setFinishTs(long entry, long finishTs) {
        pages.putLong(entry + FINISH_TS, finishTs);
    }

    int rounds(long entry) {
        return pages.getInt(entry + ROUNDS);
    }

    void setRounds(long entry, int rounds) {
        pages.putInt(entry + ROUNDS, rounds);
    }

    int ruleVersion(long entry) {
        return pages.getInt(entry + RULE_VERSION);
    }

    void setRuleVersion(long entry, int version) {
        pages.putInt(entry + RULE_VERSION, version);
    }

    long delta(long entry) {
        return pages.getLong(entry + DELTA);
    }

    void setDelta(long entry, long delta) {
        pages.putLong(entry + DELTA, delta);
    }

    /** Returns the list of kept rounds, 0 where there is none. */
    long kept(long entry) {
        return Allocator.at(pages.getInt(entry + KEPT));
    }

    void setKept(long entry, long kept) {
        pages.putInt(entry + KEPT, Allocator.ref(kept));
    }

    boolean is(long entry, int flag) {
        return (pages.getByte(entry + FLAGS) & flag) != 0;
    }

    void set(long entry, int flag, boolean on) {
        final int flags = pages.getByte(entry + FLAGS);
        pages.putByte(entry + FLAGS, (byte) (on ? flags | flag : flags & ~flag));
    }

    /** Takes an entry away that no tree in use has, with neither kept rounds nor a shadow. */
    void drop(long entry) {
        final int board = board(entry);
        final int entity = entity(entry);
        if (!isPlayer(entity) || !lists.remove(entity, board)) {
            index.remove(hash(board, entity), Allocator.ref(entry));
        }
        allocator.free(Store.ENTRIES.id(), entry, ENTRY_BYTES);
    }

    /** Returns how many entries are listed with a player. */
    int listed(int player) {
        return lists.count(player);
    }

    /** Returns one of the entries that are listed with a player. */
    long listed(int player, int index) {
        return Allocator.at(lists.get(player, index));
    }

    /** Returns the number of buckets of the index; see {@link HashIndex#buckets}. */
    int buckets() {
        return index.buckets();
    }

    /** Returns a cursor on the first entry in a bucket, 0 = none; any change makes it void. */
    long firstIn(int bucket) {
        return index.first(bucket);
    }

    long after(long cursor) {
        return index.after(cursor);
    }

    /** Returns the entry behind a cursor. */
    long at(long cursor) {
        return Allocator.at(index.ref(cursor));
    }

    /** Makes an entry that sums up for a mark; in the place of a board it has another entry. */
    long createSum(int of, int entity) {
        final long at = create(of, entity);
        pages.putByte(at + MORE_FLAGS, IS_SUM);
        return at;
    }

    /** Returns whether an entry stands on no board, but sums up for a mark. */
    boolean isSum(long entry) {
        return pages.getByte(entry + MORE_FLAGS) == IS_SUM;
    }

    /** Returns the next of the entries that sum up for one mark, 0 = none. */
    int nextSum(long entry) {
        return pages.getInt(entry + LINK);
    }

    /** Chains an entry that sums up for a mark; the public never sees it, so it has no shadow. */
    void setNextSum(long entry, int next) {
        pages.putInt(entry + LINK, next);
    }

    /** Returns what of an entry lasts when its epoch ends. */
    int lasting(long entry) {
        return pages.getByte(entry + FLAGS) & LASTING;
    }

    /** Takes over what has lasted from an earlier epoch. */
    void inherit(long entry, int lasting) {
        pages.putByte(entry + FLAGS, (byte) lasting);
    }

    /** Returns the look-back state, 0 where there is none. */
    long lookBack(long entry) {
        return Allocator.at(pages.getInt(entry + LOOK_BACK));
    }

    void setLookBack(long entry, long lookBack) {
        pages.putInt(entry + LOOK_BACK, Allocator.ref(lookBack));
    }

    /** Returns the entry as the public sees it while the contest is frozen, 0 = as it is. */
    long shadow(long entry) {
        return hasShadow(entry) ? Allocator.at(pages.getInt(entry + LINK)) : 0;
    }

    private boolean hasShadow(long entry) {
        return pages.getByte(entry + MORE_FLAGS) == HAS_SHADOW;
    }

    /** An entry whose place is taken by its shadow leaves the leaf with that. */
    private long leafAt(int ref) {
        final long entry = Allocator.at(ref);
        return (hasShadow(entry) ? Allocator.at(pages.getInt(entry + LINK)) : entry) + LINK;
    }

    @Override
    public int get(int ref) {
        return pages.getInt(leafAt(ref));
    }

    @Override
    public void put(int ref, int leaf) {
        pages.putInt(leafAt(ref), leaf);
    }

    /** Keeps an entry as it is for the public; returns the shadow, chained before another. */
    long addShadow(long entry, int next) {
        final long at = allocator.allocate(Store.ENTRIES.id(), SHADOW_BYTES);
        pages.copy(entry, at, ENTRY_BYTES);
        pages.putInt(at + SHADOW_NEXT, next);
        pages.putInt(at + SHADOW_ENTRY, Allocator.ref(entry));
        pages.putInt(entry + LINK, Allocator.ref(at));
        pages.putByte(entry + MORE_FLAGS, HAS_SHADOW);
        return at;
    }

    long entryOfShadow(long shadow) {
        return Allocator.at(pages.getInt(shadow + SHADOW_ENTRY));
    }

    /** Takes a shadow away and returns the next one, 0 = none. */
    int dropShadow(long shadow) {
        final int next = pages.getInt(shadow + SHADOW_NEXT);
        final long entry = entryOfShadow(shadow);
        pages.putByte(entry + MORE_FLAGS, (byte) 0);
        pages.putInt(entry + LINK, pages.getInt(shadow + LINK));
        allocator.free(Store.ENTRIES.id(), shadow, SHADOW_BYTES);
        return next;
    }
}
