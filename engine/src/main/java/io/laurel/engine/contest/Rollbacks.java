package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.HashIndex;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import org.agrona.DirectBuffer;

/**
 * Rollbacks of closed rounds that wait for what the reader of the log finds, and the rounds that
 * are void since it has found them. A void round is remembered as long as a contest that has begun
 * before it is not over.
 *
 * <pre>
 * head (64 B):     0 waiting chain · 8 void chain · 16 chain of marks, see {@link Marks}
 *                 24 index of the waiting i64 · 32 of the void i64 · 40 of the marks i64
 * waiting (128 B): 0 sequence of the rollback i64 · 8 of the closing event i64 (0 = not remembered)
 *                 16 player u32 · 20 source u32 · 24 neighbours · 32 round id: length u8, bytes
 * void (32 B):     0 sequence of the closing event i64 · 8 its ts i64 · 16 since i64
 *                 24 neighbours
 * </pre>
 */
final class Rollbacks {
    /** Where the head holds the chain of marks. */
    static final int MARKS_CHAIN = 16;
    /** Where the head holds the index of marks. */
    static final int MARKS_INDEX = 40;

    private static final int HEAD_BYTES = 64;
    private static final int VOID_CHAIN = 8;
    private static final int WAITING_INDEX = 24;
    private static final int VOID_INDEX = 32;

    private static final int WAITING_BYTES = 128;
    private static final int CLOSING = 8;
    private static final int PLAYER = 16;
    private static final int SOURCE = 20;
    private static final int LINKS = 24;
    private static final int ROUND_ID = 32;

    private static final int VOID_BYTES = 32;
    private static final int TS = 8;
    private static final int SINCE = 16;

    private final Pages pages;
    private final Allocator allocator;
    private final RecordChain waiting;
    private final RecordChain voids;
    private final HashIndex byPlayer;
    private final HashIndex byClosing;

    Rollbacks(State state) {
        pages = state.pages();
        allocator = state.allocator();
        final long head = headAt(state);
        waiting = new RecordChain(pages, head, LINKS);
        voids = new RecordChain(pages, head + VOID_CHAIN, LINKS);
        byPlayer = index(state, head + WAITING_INDEX);
        byClosing = index(state, head + VOID_INDEX);
    }

    static long headAt(State state) {
        if (state.get(Slot.ROLLBACKS) == 0) {
            state.set(Slot.ROLLBACKS,
                state.allocator().allocate(Store.ROLLBACKS.id(), HEAD_BYTES));
        }
        return state.get(Slot.ROLLBACKS);
    }

    static HashIndex index(State state, long at) {
        final long known = state.pages().getLong(at);
        if (known != 0) {
            return HashIndex.open(state.allocator(), Store.ROLLBACKS.id(), known);
        }
        final HashIndex made = HashIndex.create(state.allocator(), Store.ROLLBACKS.id());
        state.pages().putLong(at, made.headerAt());
        return made;
    }

    /**
     * Lets a rollback wait.
     *
     * @param closing sequence of the event that closed the round, 0 = not remembered
     */
    void add(long sequence, long closing, int player, int source, DirectBuffer roundId,
        int offset, int length) {
        final long at = allocator.allocate(Store.ROLLBACKS.id(), WAITING_BYTES);
        pages.putLong(at, sequence);
        pages.putLong(at + CLOSING, closing);
        pages.putInt(at + PLAYER, player);
        pages.putInt(at + SOURCE, source);
        pages.putByte(at + ROUND_ID, (byte) length);
        pages.putBytes(at + ROUND_ID + 1, roundId, offset, length);
        waiting.append(at);
        byPlayer.insert(player, Allocator.ref(at));
    }

    /** Returns a rollback that waits, 0 = none of that sequence. */
    long find(int player, long sequence) {
        for (long slot = byPlayer.find(player); slot != 0; slot = byPlayer.next(slot, player)) {
            final long at = Allocator.at(byPlayer.ref(slot));
            if (pages.getLong(at) == sequence) {
                return at;
            }
        }
        return 0;
    }

    /** Returns the earliest rollback of a player that waits, Long.MAX_VALUE = none. */
    long firstOf(int player) {
        long first = Long.MAX_VALUE;
        for (long slot = byPlayer.find(player); slot != 0; slot = byPlayer.next(slot, player)) {
            first = Math.min(first, pages.getLong(Allocator.at(byPlayer.ref(slot))));
        }
        return first;
    }

    void remove(long rollback) {
        waiting.remove(rollback);
        byPlayer.remove(pages.getInt(rollback + PLAYER), Allocator.ref(rollback));
        allocator.free(Store.ROLLBACKS.id(), rollback, WAITING_BYTES);
    }

    /** Returns the first rollback that waits, 0 = none. */
    long first() {
        return waiting.first();
    }

    long next(long rollback) {
        return waiting.next(rollback);
    }

    long sequenceOf(long rollback) {
        return pages.getLong(rollback);
    }

    /** Returns the sequence of the event that closed the round, 0 = not remembered. */
    long closingOf(long rollback) {
        return pages.getLong(rollback + CLOSING);
    }

    int playerOf(long rollback) {
        return pages.getInt(rollback + PLAYER);
    }

    int sourceOf(long rollback) {
        return pages.getInt(rollback + SOURCE);
    }

    byte[] roundIdOf(long rollback) {
        final byte[] id = new byte[pages.getByte(rollback + ROUND_ID) & 0xFF];
        pages.getBytes(rollback + ROUND_ID + 1, id, 0, id.length);
        return id;
    }

    /** Returns whether a round is void, by the sequence of its closing event. */
    boolean isVoid(long closing) {
        final int hash = hash(closing);
        for (long slot = byClosing.find(hash); slot != 0; slot = byClosing.next(slot, hash)) {
            if (pages.getLong(Allocator.at(byClosing.ref(slot))) == closing) {
                return true;
            }
        }
        return false;
    }

    private static int hash(long closing) {
        return (int) (closing * 0x9E37_79B9_7F4A_7C15L >>> 32);
    }

    void addVoid(long closing, long ts, long since) {
        final long at = allocator.allocate(Store.ROLLBACKS.id(), VOID_BYTES);
        pages.putLong(at, closing);
        pages.putLong(at + TS, ts);
        pages.putLong(at + SINCE, since);
        voids.append(at);
        byClosing.insert(hash(closing), Allocator.ref(at));
    }

    /** Forgets the round that has been void for longest. */
    void dropFirstVoid() {
        final long at = voids.first();
        voids.remove(at);
        byClosing.remove(hash(pages.getLong(at)), Allocator.ref(at));
        allocator.free(Store.ROLLBACKS.id(), at, VOID_BYTES);
    }

    /** Returns the round that has been void for longest, 0 = none. */
    long firstVoid() {
        return voids.first();
    }

    long nextVoid(long round) {
        return voids.next(round);
    }

    /** Returns the sequence of the event that closed a void round. */
    long closingOfVoid(long round) {
        return pages.getLong(round);
    }

    long tsOfVoid(long round) {
        return pages.getLong(round + TS);
    }

    /** Returns the sequence from which on a round is void. */
    long sinceOfVoid(long round) {
        return pages.getLong(round + SINCE);
    }
}
