package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The records of contests, schedules and instances, found by id and chained in the order of their
 * making. A reference is for ever.
 *
 * <pre>
 * body of the dictionary record (216 B):
 *   0 definition u32 · 4 definition bytes i32 · 8 start i64 · 16 end i64 · 24 version u32
 *  28 state u8 · 29 marks u8 · 30 role u8 · 32 schedule u32 · 36 epoch u32 · 40 deadline i64
 *  48 counters u32 · 52 main board u32 · 56 participants u32 · 60 boards u32 · 64 board hash 32 B
 *  96 rules hash 32 B · 128 next contest u32 · 132 starts u32 · 136 starts count u32
 * 140 fx u32 · 144 fx bytes i32 · 148 changed entries u32 · 152 late grace i64 · 160 appeal i64
 * 168 jobs, 24 B, see BoardJobs · 192 entries that await being derived anew u32
 * 200 settled, 16 B, see SettledContests
 * </pre>
 */
final class Contests {
    /** A contest with a window of its own. */
    static final int ROLE_SINGLE = 0;
    /** A recurring contest: makes instances, takes no rounds itself. */
    static final int ROLE_SCHEDULE = 1;
    /** One occurrence of a recurring contest. */
    static final int ROLE_INSTANCE = 2;

    static final int HASH_BYTES = 32;

    private static final int BODY_BYTES = 216;
    private static final int DEFINITION = 0;
    private static final int DEFINITION_BYTES = 4;
    private static final int START = 8;
    private static final int END = 16;
    private static final int VERSION = 24;
    private static final int STATE = 28;
    private static final int MARKS = 29;
    private static final int MARK_FROZEN = 1;
    private static final int MARK_REFREEZING = 2;
    private static final int ROLE = 30;
    private static final int SCHEDULE = 32;
    private static final int EPOCH = 36;
    private static final int DEADLINE = 40;
    private static final int COUNTERS = 48;
    private static final int MAIN_BOARD = 52;
    private static final int PARTICIPANTS = 56;
    private static final int BOARDS = 60;
    private static final int BOARD_HASH = 64;
    private static final int RULES_HASH = 96;
    private static final int NEXT = 128;
    private static final int STARTS = 132;
    private static final int STARTS_COUNT = 136;
    private static final int FX = 140;
    private static final int FX_BYTES = 144;
    private static final int CHANGED = 148;
    private static final int LATE_GRACE = 152;
    private static final int APPEAL = 160;
    private static final int JOBS = 168;
    private static final int REBUILDING = 192;
    private static final int SETTLED = 200;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final IdDictionary ids;

    Contests(State state) {
        this.state = state;
        pages = state.pages();
        allocator = state.allocator();
        ids = Dictionaries.open(state, Slot.CONTESTS, Store.CONTESTS, BODY_BYTES,
            Dictionaries.CONTEST);
    }

    long count() {
        return ids.size();
    }

    boolean hasRoom(int more) {
        return count() + more <= state.get(Slot.MAX_CONTESTS);
    }

    /** Returns the reference of a contest, 0 where there is none. */
    int find(DirectBuffer buffer, int offset, int length) {
        return ids.find(buffer, offset, length);
    }

    int find(String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 255 ? 0 : ids.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Makes the record of a new contest. */
    int create(String id, int role) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        final int ref = ids.intern(new UnsafeBuffer(bytes), 0, bytes.length);
        final long at = ids.bodyAt(ref);
        pages.putByte(at + ROLE, (byte) role);
        pages.putLong(at + DEADLINE, Long.MAX_VALUE);
        pages.putInt(at + COUNTERS, Allocator.ref(
            allocator.allocate(Store.CONTESTS.id(), ResultCode.LIMIT * Long.BYTES)));
        // appended at the end, so that a walk sees contests in the order of their making
        final int last = (int) state.get(Slot.CONTEST_LAST);
        if (last == 0) {
            state.set(Slot.CONTEST_LIST, ref);
        } else {
            pages.putInt(ids.bodyAt(last) + NEXT, ref);
        }
        state.set(Slot.CONTEST_LAST, ref);
        return ref;
    }

    /** Returns the first contest ever made, 0 where there is none. */
    int first() {
        return (int) state.get(Slot.CONTEST_LIST);
    }

    int next(int contest) {
        return pages.getInt(ids.bodyAt(contest) + NEXT);
    }

    String id(int contest) {
        return IdDictionary.id(pages, contest);
    }

    int role(int contest) {
        return pages.getByte(ids.bodyAt(contest) + ROLE);
    }

    ContestState stateOf(int contest) {
        return ContestState.of(pages.getByte(ids.bodyAt(contest) + STATE));
    }

    void setState(int contest, ContestState next) {
        pages.putByte(ids.bodyAt(contest) + STATE, (byte) next.code());
    }

    boolean isFrozen(int contest) {
        return isMarked(contest, MARK_FROZEN);
    }

    void setFrozen(int contest, boolean frozen) {
        mark(contest, MARK_FROZEN, frozen);
    }

    /** Returns whether a contest stays frozen when its trees have caught up. */
    boolean isRefreezing(int contest) {
        return isMarked(contest, MARK_REFREEZING);
    }

    void setRefreezing(int contest, boolean refreezing) {
        mark(contest, MARK_REFREEZING, refreezing);
    }

    private boolean isMarked(int contest, int mark) {
        return (pages.getByte(ids.bodyAt(contest) + MARKS) & mark) != 0;
    }

    private void mark(int contest, int mark, boolean on) {
        final long at = ids.bodyAt(contest) + MARKS;
        final int marks = pages.getByte(at);
        pages.putByte(at, (byte) (on ? marks | mark : marks & ~mark));
    }

    long startNs(int contest) {
        return pages.getLong(ids.bodyAt(contest) + START);
    }

    long endNs(int contest) {
        return pages.getLong(ids.bodyAt(contest) + END);
    }

    /** Returns when the board is fixed: the end and the grace for late rounds. */
    long provisionalNs(int contest) {
        return after(endNs(contest), pages.getLong(ids.bodyAt(contest) + LATE_GRACE));
    }

    /** A window may end where time does; what comes behind that never comes. */
    private static long after(long timeNs, long durationNs) {
        return timeNs > Long.MAX_VALUE - durationNs ? Long.MAX_VALUE : timeNs + durationNs;
    }

    long finalNs(int contest) {
        return after(provisionalNs(contest), pages.getLong(ids.bodyAt(contest) + APPEAL));
    }

    void setTimes(int contest, long startNs, long endNs, long lateGraceNs, long appealNs) {
        final long at = ids.bodyAt(contest);
        pages.putLong(at + START, startNs);
        pages.putLong(at + END, endNs);
        pages.putLong(at + LATE_GRACE, lateGraceNs);
        pages.putLong(at + APPEAL, appealNs);
    }

    int version(int contest) {
        return pages.getInt(ids.bodyAt(contest) + VERSION);
    }

    void setVersion(int contest, int version) {
        pages.putInt(ids.bodyAt(contest) + VERSION, version);
    }

    /** Returns the recurring contest that made an instance, else 0. */
    int scheduleOf(int contest) {
        return pages.getInt(ids.bodyAt(contest) + SCHEDULE);
    }

    void setSchedule(int contest, int schedule) {
        pages.putInt(ids.bodyAt(contest) + SCHEDULE, schedule);
    }

    int epoch(int contest) {
        return pages.getInt(ids.bodyAt(contest) + EPOCH);
    }

    void setEpoch(int contest, int epoch) {
        pages.putInt(ids.bodyAt(contest) + EPOCH, epoch);
    }

    long deadlineNs(int contest) {
        return pages.getLong(ids.bodyAt(contest) + DEADLINE);
    }

    void setDeadlineNs(int contest, long deadlineNs) {
        pages.putLong(ids.bodyAt(contest) + DEADLINE, deadlineNs);
    }

    int mainBoard(int contest) {
        return pages.getInt(ids.bodyAt(contest) + MAIN_BOARD);
    }

    void setMainBoard(int contest, int board) {
        pages.putInt(ids.bodyAt(contest) + MAIN_BOARD, board);
    }

    /** Returns the board that holds what is known per player; the main one of entity player. */
    int participants(int contest) {
        return pages.getInt(ids.bodyAt(contest) + PARTICIPANTS);
    }

    void setParticipants(int contest, int board) {
        pages.putInt(ids.bodyAt(contest) + PARTICIPANTS, board);
    }

    /** Returns the latest made board of a contest; the others are chained behind it. */
    int boards(int contest) {
        return pages.getInt(ids.bodyAt(contest) + BOARDS);
    }

    void setBoards(int contest, int board) {
        pages.putInt(ids.bodyAt(contest) + BOARDS, board);
    }

    /** Returns the first entry that changed since the contest was frozen, 0 = none. */
    int changed(int contest) {
        return pages.getInt(ids.bodyAt(contest) + CHANGED);
    }

    void setChanged(int contest, int shadow) {
        pages.putInt(ids.bodyAt(contest) + CHANGED, shadow);
    }

    /** Returns where {@link BoardJobs} keeps what it knows of a contest. */
    long jobsAt(int contest) {
        return ids.bodyAt(contest) + JOBS;
    }

    /** Returns how many entries await being derived anew; until then it does not become final. */
    int rebuilding(int contest) {
        return pages.getInt(ids.bodyAt(contest) + REBUILDING);
    }

    void addRebuilding(int contest, int more) {
        pages.putInt(ids.bodyAt(contest) + REBUILDING, rebuilding(contest) + more);
    }

    /** Returns where {@link SettledContests} keeps what it knows of a contest. */
    long settledAt(int contest) {
        return ids.bodyAt(contest) + SETTLED;
    }

    void count(int contest, ResultCode reason) {
        final long at = Allocator.at(pages.getInt(ids.bodyAt(contest) + COUNTERS))
            + ((long) reason.code() << 3);
        pages.putLong(at, pages.getLong(at) + 1);
    }

    long counted(int contest, ResultCode reason) {
        return pages.getLong(Allocator.at(pages.getInt(ids.bodyAt(contest) + COUNTERS))
            + ((long) reason.code() << 3));
    }

    byte[] boardHash(int contest) {
        return hashAt(contest, BOARD_HASH);
    }

    void setBoardHash(int contest, byte[] hash) {
        pages.putBytes(ids.bodyAt(contest) + BOARD_HASH, hash, 0, HASH_BYTES);
    }

    byte[] rulesHash(int contest) {
        return hashAt(contest, RULES_HASH);
    }

    /** Returns the canonical definition. */
    byte[] definition(int contest) {
        return blob(contest, DEFINITION, DEFINITION_BYTES);
    }

    /** Stores a definition as the next version. */
    void setDefinition(int contest, byte[] definition, byte[] rulesHash) {
        final long at = ids.bodyAt(contest);
        setBlob(contest, DEFINITION, DEFINITION_BYTES, definition, definition.length);
        pages.putBytes(at + RULES_HASH, rulesHash, 0, HASH_BYTES);
        pages.putInt(at + VERSION, pages.getInt(at + VERSION) + 1);
    }

    /** Returns the table of rates as it was when the contest was published; empty = none. */
    byte[] fxTable(int contest) {
        return blob(contest, FX, FX_BYTES);
    }

    void setFxTable(int contest, byte[] table) {
        setBlob(contest, FX, FX_BYTES, table, table.length);
    }

    /** Returns the starts of a recurring contest that have no instance yet, ascending. */
    long[] starts(int contest) {
        final long at = ids.bodyAt(contest);
        final long[] starts = new long[pages.getInt(at + STARTS_COUNT)];
        final long from = Allocator.at(pages.getInt(at + STARTS));
        for (int i = 0; i < starts.length; i++) {
            starts[i] = pages.getLong(from + ((long) i << 3));
        }
        return starts;
    }

    void setStarts(int contest, long[] starts, int from) {
        final long at = ids.bodyAt(contest);
        final long old = Allocator.at(pages.getInt(at + STARTS));
        final int oldCount = pages.getInt(at + STARTS_COUNT);
        if (oldCount > 0) {
            allocator.free(Store.CONTESTS.id(), old, oldCount * Long.BYTES);
        }
        final int count = starts.length - from;
        final long made = count == 0 ? 0
            : allocator.allocate(Store.CONTESTS.id(), count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            pages.putLong(made + ((long) i << 3), starts[from + i]);
        }
        pages.putInt(at + STARTS, Allocator.ref(made));
        pages.putInt(at + STARTS_COUNT, count);
    }

    private byte[] hashAt(int contest, int field) {
        final byte[] hash = new byte[HASH_BYTES];
        pages.getBytes(ids.bodyAt(contest) + field, hash, 0, HASH_BYTES);
        return hash;
    }

    private byte[] blob(int contest, int refField, int lengthField) {
        final long at = ids.bodyAt(contest);
        final byte[] bytes = new byte[pages.getInt(at + lengthField)];
        pages.getBytes(Allocator.at(pages.getInt(at + refField)), bytes, 0, bytes.length);
        return bytes;
    }

    private void setBlob(int contest, int refField, int lengthField, byte[] bytes, int length) {
        final long at = ids.bodyAt(contest);
        final int before = pages.getInt(at + lengthField);
        if (before > 0) {
            allocator.free(Store.CONTESTS.id(), Allocator.at(pages.getInt(at + refField)),
                before);
        }
        final long made = length == 0 ? 0 : allocator.allocate(Store.CONTESTS.id(), length);
        pages.putBytes(made, bytes, 0, length);
        pages.putInt(at + refField, Allocator.ref(made));
        pages.putInt(at + lengthField, length);
    }
}
