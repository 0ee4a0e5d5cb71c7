package io.laurel.engine.intake;

import io.laurel.engine.ResultCode;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.CountedTree;
import io.laurel.engine.memory.Cursor;
import io.laurel.engine.memory.HashIndex;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Touches;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * Remembered events and rounds. An event's record also stands for the round that it closed; an open
 * round has a record of its own. Both are found by the 128-bit hash of their key.
 *
 * <pre>
 * event (64 B): 0 id 16 · 16 content 16 · 32 round 16 (0 = closed none) · 48 ts i64
 *               56 sequence &lt;&lt; 8 | result code
 * open (96 B):  0 bet i64 · 8 win i64 · 16 earliest started i64 · 24 earliest ts i64
 *               32 round 16 · 48 latest ts i64 · 56 -1 · 64 currency u32
 * </pre>
 */
final class Seen {
    private static final int ID = 0;
    private static final int CONTENT = 16;
    private static final int ROUND = 32;
    private static final int TS = 48;
    private static final int OUTCOME = 56;

    private static final int OPEN_BYTES = 96;
    private static final int BET = 0;
    private static final int WIN = 8;
    private static final int STARTED = 16;
    private static final int EARLIEST = 24;
    private static final int CURRENCY = 64;
    private static final long IS_OPEN = -1;
    private static final int AGE_WORDS = 2;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final Generations generations;
    private final HashIndex ids;
    private final HashIndex rounds;
    private final CountedTree ages;
    private final Cursor oldest = new Cursor();
    private final long ageTree;
    private final long[] age = new long[AGE_WORDS];
    private final long[] newAge = new long[AGE_WORDS];

    Seen(State state) {
        this.state = state;
        this.pages = state.pages();
        this.allocator = state.allocator();
        this.generations = new Generations(state);
        this.ids = index(state, Slot.SEEN_IDS);
        this.rounds = index(state, Slot.SEEN_ROUNDS);
        // two rounds of one age go in the order of their references, which the log decides
        ages = new CountedTree(allocator, Store.OPEN_ROUNDS.id(),
            (key, ref) -> Integer.compareUnsigned((int) key[1], ref));
        if (state.get(Slot.OPEN_ROUNDS) == 0) {
            state.set(Slot.OPEN_ROUNDS, ages.create());
        }
        ageTree = state.get(Slot.OPEN_ROUNDS);
    }

    private static HashIndex index(State state, Slot slot) {
        if (state.get(slot) != 0) {
            return HashIndex.open(state.allocator(), Store.EVENTS.id(), state.get(slot));
        }
        final HashIndex made = HashIndex.create(state.allocator(), Store.EVENTS.id());
        state.set(slot, made.headerAt());
        return made;
    }

    /** Returns the record of an event that is remembered, or 0. */
    long findEvent(long idLow, long idHigh, long rememberedFrom) {
        final int hash = (int) idLow;
        for (long slot = ids.find(hash); slot != 0; slot = ids.next(slot, hash)) {
            final long at = Allocator.at(ids.ref(slot));
            if (pages.getLong(at + ID) == idLow && pages.getLong(at + ID + 8) == idHigh
                && pages.getLong(at + TS) >= rememberedFrom) {
                return at;
            }
        }
        return 0;
    }

    /** Returns whether a remembered event has this content. */
    boolean sameContent(long event, long low, long high) {
        return pages.getLong(event + CONTENT) == low && pages.getLong(event + CONTENT + 8) == high;
    }

    /** Returns the sequence of a remembered event. */
    long sequenceOf(long event) {
        return pages.getLong(event + OUTCOME) >>> 8;
    }

    /** Returns what became of a remembered event. */
    ResultCode outcomeOf(long event) {
        return ResultCode.of((int) pages.getLong(event + OUTCOME) & 0xFF);
    }

    /** Remembers an event with its outcome and, where it closed a round, the round's key. */
    void addEvent(Upcoming of, long ts, ResultCode outcome, boolean closedRound) {
        final long at = generations.addRecord(generations.of(ts));
        pages.putLong(at + ID, of.idLow);
        pages.putLong(at + ID + 8, of.idHigh);
        pages.putLong(at + CONTENT, of.contentLow);
        pages.putLong(at + CONTENT + 8, of.contentHigh);
        pages.putLong(at + TS, ts);
        pages.putLong(at + OUTCOME, state.sequence() << 8 | outcome.code());
        pages.putLong(at + ROUND, closedRound ? of.roundLow : 0);
        pages.putLong(at + ROUND + 8, closedRound ? of.roundHigh : 0);
        ids.insert((int) of.idLow, Allocator.ref(at));
        if (closedRound) {
            rounds.insert((int) of.roundLow, Allocator.ref(at));
        }
    }

    /** Adds the lines where an upcoming event and its round would be found. */
    void addLines(Upcoming of, Touches touches) {
        of.idLine = ids.lineOf((int) of.idLow);
        of.roundLine = rounds.lineOf((int) of.roundLow);
        touches.add(of.idLine);
        touches.add(of.roundLine);
    }

    /** Adds what lies one step behind {@link #addLines}. */
    void addBehind(Upcoming of, Touches touches) {
        touches.add(ids.lineBehind(of.idLine));
        touches.add(rounds.lineBehind(of.roundLine));
    }

    /** Adds what so many more events will rearrange. */
    void addGrowth(int events, Touches touches) {
        ids.addSplits(events, touches);
        rounds.addSplits(events, touches);
    }

    /** Adds what lies one step behind {@link #addGrowth}. */
    void addBehindGrowth(int events, Touches touches) {
        ids.addBehindSplits(events, touches);
        rounds.addBehindSplits(events, touches);
    }

    /** Returns the record of a round that is remembered, open or closed, or 0. */
    long findRound(long low, long high, long rememberedFrom) {
        final int hash = (int) low;
        for (long slot = rounds.find(hash); slot != 0; slot = rounds.next(slot, hash)) {
            final long at = Allocator.at(rounds.ref(slot));
            if (pages.getLong(at + ROUND) == low && pages.getLong(at + ROUND + 8) == high
                && pages.getLong(at + TS) >= rememberedFrom) {
                return at;
            }
        }
        return 0;
    }

    /** Returns whether a round's record is that of an open one. */
    boolean isOpen(long round) {
        return pages.getLong(round + OUTCOME) == IS_OPEN;
    }

    /** Returns the ts of the event that closed a round. */
    long tsOf(long closed) {
        return pages.getLong(closed + TS);
    }

    /** Opens a round. */
    long open(long low, long high, long ts) {
        final long at = allocator.allocate(Store.OPEN_ROUNDS.id(), OPEN_BYTES);
        pages.putLong(at + ROUND, low);
        pages.putLong(at + ROUND + 8, high);
        pages.putLong(at + OUTCOME, IS_OPEN);
        pages.putLong(at + STARTED, Long.MAX_VALUE);
        pages.putLong(at + EARLIEST, Long.MAX_VALUE);
        pages.putLong(at + TS, ts);
        rounds.insert((int) low, Allocator.ref(at));
        ages.insert(ageTree, age(age, at, ts));
        return at;
    }

    /** Adds a part to an open round; the caller has checked currency and sums. */
    void addPart(long round, long bet, long win, int currency, long startedTs, long ts) {
        pages.putLong(round + BET, pages.getLong(round + BET) + bet);
        pages.putLong(round + WIN, pages.getLong(round + WIN) + win);
        pages.putLong(round + STARTED, Math.min(pages.getLong(round + STARTED), startedTs));
        pages.putLong(round + EARLIEST, Math.min(pages.getLong(round + EARLIEST), ts));
        if (currency != 0) {
            pages.putInt(round + CURRENCY, currency);
        }
        final long latest = pages.getLong(round + TS);
        if (ts > latest) {
            pages.putLong(round + TS, ts);
            ages.update(ageTree, age(age, round, latest), age(newAge, round, ts));
        }
    }

    /** Returns the sum of the bets of an open round, minor units. */
    long betOf(long round) {
        return pages.getLong(round + BET);
    }

    /** Returns the sum of the wins of an open round, minor units. */
    long winOf(long round) {
        return pages.getLong(round + WIN);
    }

    /** Returns the currency of an open round, 0 where no part carried one. */
    int currencyOf(long round) {
        return pages.getInt(round + CURRENCY);
    }

    /** Returns the earliest start that a part named, Long.MAX_VALUE where none did. */
    long earliestStartedOf(long round) {
        return pages.getLong(round + STARTED);
    }

    /** Returns the earliest ts of the parts. */
    long earliestTsOf(long round) {
        return pages.getLong(round + EARLIEST);
    }

    /** Takes an open round away. */
    void removeOpen(long round) {
        ages.delete(ageTree, age(age, round, pages.getLong(round + TS)));
        rounds.remove((int) pages.getLong(round + ROUND), Allocator.ref(round));
        allocator.free(Store.OPEN_ROUNDS.id(), round, OPEN_BYTES);
    }

    /**
     * Discards open rounds that nothing was heard of for too long.
     *
     * @param rememberedFrom first time that is still remembered
     * @param limit most rounds to discard
     */
    void discardOpen(long rememberedFrom, int limit) {
        for (int left = limit; left > 0 && ages.first(ageTree, oldest); left--) {
            final long round = Allocator.at(oldest.ref());
            if (pages.getLong(round + TS) >= rememberedFrom) {
                return;
            }
            removeOpen(round);
            state.add(Slot.DISCARDED_ROUNDS, 1);
        }
    }

    private static long[] age(long[] key, long round, long latestTs) {
        key[0] = latestTs;
        key[1] = Allocator.ref(round) & 0xFFFF_FFFFL;
        return key;
    }

    /**
     * Drops a slice of what is forgotten.
     *
     * @param forgottenBefore first time that is still remembered
     * @param limit most records to drop
     */
    void purge(long forgottenBefore, int limit) {
        int left = limit;
        while (left > 0) {
            final long generation = generations.oldest();
            if (generation == 0 || generations.endOf(generation) > forgottenBefore) {
                return;
            }
            final long event = generations.lastRecord(generation);
            if (event != 0) {
                ids.remove((int) pages.getLong(event + ID), Allocator.ref(event));
                if ((pages.getLong(event + ROUND) | pages.getLong(event + ROUND + 8)) != 0) {
                    rounds.remove((int) pages.getLong(event + ROUND), Allocator.ref(event));
                }
                generations.dropLastRecord(generation);
            } else {
                generations.dropOldest();
            }
            left--;
        }
    }
}
