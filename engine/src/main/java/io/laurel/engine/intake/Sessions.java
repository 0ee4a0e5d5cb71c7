package io.laurel.engine.intake;

import io.laurel.engine.ResultCode;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.HashIndex;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.query.SessionInfo;
import io.laurel.engine.query.SessionProbe;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import io.laurel.engine.timer.Timers;

/**
 * Sessions: position and effects lie in the same state, so that a message is applied exactly once
 * however often it comes (interfaces 4). Each remembers its last 8,192 messages in blocks of 512
 * that are taken as they are needed. Idle is a matter of wall time: in clock mode event, where a
 * back-fill leaps over days between two messages of a living session, none is dropped.
 *
 * <pre>
 * session (128 B): 2 kind u16 · 4 source u32 · 8 id u64 · 16 version u64 · 24 last seqNo u64
 *                  32 last activity i64 · 40 deadline i64 · 48 ring blocks u32 x 16
 * ring slot (16 B): 0 content hash i64 · 8 sequence &lt;&lt; 8 | result code
 * </pre>
 */
public final class Sessions {
    /** Messages that a session remembers. */
    public static final int RING = 8_192;
    /** Most sessions at a time; one that is idle for a day makes room. */
    public static final int LIMIT = 16_384;

    private static final long IDLE_NS = 24L * 60 * 60 * 1_000_000_000;
    private static final int RECORD_BYTES = 128;
    private static final int KIND = 2;
    private static final int SOURCE = 4;
    private static final int ID = 8;
    private static final int VERSION = 16;
    private static final int LAST_SEQ_NO = 24;
    private static final int LAST_ACTIVITY = 32;
    private static final int DEADLINE = 40;
    private static final int BLOCKS = 48;
    private static final int BLOCK_SLOTS = 512;
    private static final int SLOT_BYTES = 16;
    private static final int BLOCK_BYTES = BLOCK_SLOTS * SLOT_BYTES;
    private static final int BLOCK_COUNT = RING / BLOCK_SLOTS;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final Timers timers;
    private final HashIndex index;

    /** Opens the sessions of a state. */
    public Sessions(State state, Timers timers) {
        this.state = state;
        this.timers = timers;
        pages = state.pages();
        allocator = state.allocator();
        if (state.get(Slot.SESSIONS) == 0) {
            index = HashIndex.create(allocator, Store.SESSIONS.id());
            state.set(Slot.SESSIONS, index.headerAt());
        } else {
            index = HashIndex.open(allocator, Store.SESSIONS.id(), state.get(Slot.SESSIONS));
        }
    }

    /** Returns the number of sessions. */
    public long count() {
        return index.size();
    }

    /** Opens a version of a session: it starts again at seqNo 1 and fences what was before. */
    public ResultCode open(long sessionId, long version, int source) {
        long at = find(sessionId);
        if (at != 0 && Long.compareUnsigned(version, pages.getLong(at + VERSION)) <= 0) {
            return ResultCode.SESSION_VERSION;
        }
        if (at != 0 && pages.getInt(at + SOURCE) != source) {
            return ResultCode.FORBIDDEN;
        }
        if (at == 0) {
            if (count() >= LIMIT || !state.hasRoom()) {
                return ResultCode.CAPACITY;
            }
            at = allocator.allocate(Store.SESSIONS.id(), RECORD_BYTES);
            pages.putShort(at + KIND, (short) Dictionaries.SESSION);
            pages.putLong(at + ID, sessionId);
            pages.putInt(at + SOURCE, source);
            index.insert(hash(sessionId), Allocator.ref(at));
            if (state.get(Slot.CLOCK_MODE) == State.CLOCK_SYSTEM) {
                arm(at, state.timeNs());
            }
        }
        freeRing(at);
        pages.putLong(at + VERSION, version);
        pages.putLong(at + LAST_SEQ_NO, 0);
        pages.putLong(at + LAST_ACTIVITY, state.timeNs());
        return ResultCode.ACCEPTED;
    }

    /** Returns the record of a session if a message of it is the expected one, else 0. */
    public long expecting(long sessionId, long version, long seqNo) {
        final long at = find(sessionId);
        return at != 0 && pages.getLong(at + VERSION) == version
            && pages.getLong(at + LAST_SEQ_NO) + 1 == seqNo ? at : 0;
    }

    /** Says why a message was not expected: its version is fenced, or its place is another. */
    public ResultCode refusal(long sessionId, long version) {
        final long at = find(sessionId);
        return at != 0 && pages.getLong(at + VERSION) == version
            ? ResultCode.SESSION_SEQUENCE : ResultCode.SESSION_VERSION;
    }

    /** Advances a session by the message that it expected, and remembers what became of it. */
    public void advance(long session, long contentHash, ResultCode outcome, long sequence) {
        final long seqNo = pages.getLong(session + LAST_SEQ_NO) + 1;
        pages.putLong(session + LAST_SEQ_NO, seqNo);
        pages.putLong(session + LAST_ACTIVITY, state.timeNs());
        final long slot = slotAt(session, seqNo, true);
        pages.putLong(slot, contentHash);
        pages.putLong(slot + 8, sequence << 8 | outcome.code());
    }

    /** Drops a session whose timer fired, or arms it again where it was used since. */
    public void onDeadline(int ref) {
        final long at = Allocator.at(ref);
        final long lastActivity = pages.getLong(at + LAST_ACTIVITY);
        if (lastActivity + IDLE_NS > state.timeNs()) {
            arm(at, lastActivity);
            return;
        }
        freeRing(at);
        index.remove(hash(pages.getLong(at + ID)), ref);
        allocator.free(Store.SESSIONS.id(), at, RECORD_BYTES);
    }

    /** Returns where a session stands, or null. */
    public SessionInfo describe(long sessionId) {
        final long at = find(sessionId);
        return at == 0 ? null : new SessionInfo(sessionId, pages.getLong(at + VERSION),
            pages.getInt(at + SOURCE), pages.getLong(at + LAST_SEQ_NO));
    }

    /** Returns what became of a message. */
    public SessionProbe probe(long sessionId, long version, long seqNo, long contentHash) {
        final long at = find(sessionId);
        if (at == 0 || pages.getLong(at + VERSION) != version) {
            return SessionProbe.UNKNOWN;
        }
        final long last = pages.getLong(at + LAST_SEQ_NO);
        if (seqNo < 1 || seqNo > last || last - seqNo >= RING) {
            return SessionProbe.UNKNOWN;
        }
        final long slot = slotAt(at, seqNo, false);
        final long outcome = pages.getLong(slot + 8);
        return new SessionProbe(true, pages.getLong(slot) == contentHash,
            (int) (outcome & 0xFF), outcome >>> 8);
    }

    private void arm(long at, long lastActivity) {
        final long deadline = lastActivity + IDLE_NS;
        pages.putLong(at + DEADLINE, deadline);
        timers.add(deadline, Dictionaries.SESSION, Allocator.ref(at));
    }

    private long find(long sessionId) {
        final int hash = hash(sessionId);
        for (long slot = index.find(hash); slot != 0; slot = index.next(slot, hash)) {
            final long at = Allocator.at(index.ref(slot));
            if (pages.getLong(at + ID) == sessionId) {
                return at;
            }
        }
        return 0;
    }

    private long slotAt(long session, long seqNo, boolean make) {
        final int place = (int) (seqNo & RING - 1);
        final long blockAt = session + BLOCKS + (long) (place / BLOCK_SLOTS) * Integer.BYTES;
        if (make && pages.getInt(blockAt) == 0) {
            pages.putInt(blockAt,
                Allocator.ref(allocator.allocate(Store.SESSIONS.id(), BLOCK_BYTES)));
        }
        return Allocator.at(pages.getInt(blockAt)) + (long) (place % BLOCK_SLOTS) * SLOT_BYTES;
    }

    private void freeRing(long session) {
        for (int i = 0; i < BLOCK_COUNT; i++) {
            final long blockAt = session + BLOCKS + (long) i * Integer.BYTES;
            if (pages.getInt(blockAt) != 0) {
                allocator.free(Store.SESSIONS.id(), Allocator.at(pages.getInt(blockAt)),
                    BLOCK_BYTES);
                pages.putInt(blockAt, 0);
            }
        }
    }

    private static int hash(long sessionId) {
        // clients choose ids by hand, so spread neighbours
        return (int) ((sessionId * 0x9E37_79B9_7F4A_7C15L) >>> 32);
    }
}
