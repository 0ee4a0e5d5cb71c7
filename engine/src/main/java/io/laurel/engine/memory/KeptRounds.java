package io.laurel.engine.memory;

import org.agrona.DirectBuffer;

/**
 * Bounded lists of the rounds that count: the best n by (points descending, time ascending), or
 * the first n by (time ascending, round id as unsigned bytes ascending; where two sources have the
 * same, points descending). What a list keeps depends on the set of rounds offered, not on the
 * order of offers; where its slots lie does.
 *
 * <p>A list is a header of {@link #HEADER_BYTES} inside a record of its owner; all zero is an empty
 * list: sum i64 at 0, count u32 at 8, capacity u32 at 12, latest time i64 at 16, slots u32
 * reference at 24. The slots are a heap whose root is the round that goes next; they grow with use
 * from 4 to n. A slot is points i64, time i64, and for the first n the reference of the round id
 * (u32; a record of length u8 and bytes) and four bytes unused.
 */
public final class KeptRounds {
    /** What an offer did. */
    public enum Outcome {
        /** The round is kept, and nothing went for it. */
        KEPT,
        /** The round is kept; the one that went for it can be asked for. */
        REPLACED,
        /** The list is full of rounds that come before this one; nothing changed. */
        NOT_KEPT,
        /** The sum would not fit in 64 bits; nothing changed. */
        OVERFLOW
    }

    /** The bytes of the header, to be aligned to 8. */
    public static final int HEADER_BYTES = 32;
    /** The largest n. */
    public static final int MAX_KEPT = 1000;

    private static final int COUNT_AT = 8;
    private static final int CAPACITY_AT = 12;
    private static final int LATEST_AT = 16;
    private static final int SLOTS_AT = 24;
    private static final int TIME = 8;
    private static final int ID = 16;
    private static final int BEST_SLOT_BYTES = 16;
    private static final int FIRST_SLOT_BYTES = 24;
    private static final int FIRST_CAPACITY = 4;
    private static final int MOST_TOUCHED = 32;

    private final Pages pages;
    private final Allocator allocator;
    private final int store;
    private final boolean byTime;
    private final int slotBytes;
    private long evictedPoints;
    private long evictedTs;

    private KeptRounds(Allocator allocator, int store, boolean byTime) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
        this.byTime = byTime;
        this.slotBytes = byTime ? FIRST_SLOT_BYTES : BEST_SLOT_BYTES;
    }

    /** Serves lists of the best n. */
    public static KeptRounds best(Allocator allocator, int store) {
        return new KeptRounds(allocator, store, false);
    }

    /** Serves lists of the first n. */
    public static KeptRounds first(Allocator allocator, int store) {
        return new KeptRounds(allocator, store, true);
    }

    /** Offers a round to a list of the best n; n is the same for every offer to one list. */
    public Outcome offer(long listAt, int n, long points, long ts) {
        assert !byTime : "the first n need round ids";
        checkLimit(n);
        if (count(listAt) < n) {
            return add(listAt, n, points, ts, null, 0, 0);
        }
        long rootAt = slotAt(listAt, 0);
        long rootPoints = pages.getLong(rootAt);
        if (points < rootPoints || points == rootPoints && ts >= pages.getLong(rootAt + TIME)) {
            return Outcome.NOT_KEPT;
        }
        return replaceRoot(listAt, points, ts, null, 0, 0);
    }

    /** Offers a round to a list of the first n; the id is at most 255 bytes. */
    public Outcome offer(long listAt, int n, long points, long ts, DirectBuffer id, int offset,
            int length) {
        assert byTime : "the best n do not take round ids";
        checkLimit(n);
        if (length < 0 || length > IdDictionary.MAX_ID_BYTES) {
            throw new IllegalArgumentException("no round id of " + length + " bytes");
        }
        if (count(listAt) < n) {
            return add(listAt, n, points, ts, id, offset, length);
        }
        long rootAt = slotAt(listAt, 0);
        int later = Long.compare(ts, pages.getLong(rootAt + TIME));
        if (later == 0) {
            later = compareId(id, offset, length, Allocator.at(pages.getInt(rootAt + ID)));
        }
        if (later > 0 || later == 0 && points <= pages.getLong(rootAt)) {
            return Outcome.NOT_KEPT;
        }
        return replaceRoot(listAt, points, ts, id, offset, length);
    }

    /** Returns the points of the round that the last offer replaced. */
    public long evictedPoints() {
        return evictedPoints;
    }

    /** Returns the time of the round that the last offer replaced. */
    public long evictedTs() {
        return evictedTs;
    }

    /** Returns the exact sum of the points of all rounds kept. */
    public long sum(long listAt) {
        return pages.getLong(listAt);
    }

    /** Returns the number of rounds kept. */
    public int count(long listAt) {
        return pages.getInt(listAt + COUNT_AT);
    }

    /** Returns the latest time of a round kept, or 0 where there is none. */
    public long maxTs(long listAt) {
        return pages.getLong(listAt + LATEST_AT);
    }

    /** Returns the points of a round kept; the order of {@code index} means nothing. */
    public long points(long listAt, int index) {
        return pages.getLong(slotAt(listAt, index));
    }

    /** Returns the time of a round kept. */
    public long ts(long listAt, int index) {
        return pages.getLong(slotAt(listAt, index) + TIME);
    }

    /** Returns the place of the id of a round kept in a list of the first n: length u8, bytes. */
    public long idRecordAt(long listAt, int index) {
        assert byTime : "the best n keep no round ids";
        return Allocator.at(pages.getInt(slotAt(listAt, index) + ID));
    }

    /**
     * Adds the lines that an offer to a list of n, whose header is near, reads in any case; where
     * it replaces a round it reads those of {@link #addHeap}, too.
     */
    public void addSlots(long listAt, int n, Touches touches) {
        int count = count(listAt);
        touches.add(slotAt(listAt, 0));
        if (count < n && count == pages.getInt(listAt + CAPACITY_AT)) {
            addHeap(listAt, touches);
        } else if (count > 0 && count < n) {
            touches.add(slotAt(listAt, count));
            touches.add(slotAt(listAt, count - 1 >>> 1));
        }
    }

    /**
     * Adds the lines of the rounds kept but the one that goes next, of a long list the first ones:
     * the way through a heap goes over few of its lines.
     */
    public void addHeap(long listAt, Touches touches) {
        long end = slotAt(listAt, Math.min(count(listAt), MOST_TOUCHED));
        for (long at = slotAt(listAt, 1); at < end; at += Pages.LINE_BYTES) {
            touches.add(at);
        }
    }

    /** Returns a bound of what one offer to a list of n may take from the region. */
    public static int maxOfferBytes(int n) {
        return Allocator.sizeOf(n * FIRST_SLOT_BYTES)
            + Allocator.sizeOf(1 + IdDictionary.MAX_ID_BYTES);
    }

    /** Frees what a list holds and leaves it empty; the work is bounded by n. */
    public void clear(long listAt) {
        int capacity = pages.getInt(listAt + CAPACITY_AT);
        if (capacity == 0) {
            return;
        }
        if (byTime) {
            for (int i = 0; i < count(listAt); i++) {
                freeId(idRecordAt(listAt, i));
            }
        }
        allocator.free(store, slotAt(listAt, 0), capacity * slotBytes);
        pages.zero(listAt, HEADER_BYTES);
    }

    private static void checkLimit(int n) {
        if (n < 1 || n > MAX_KEPT) {
            throw new IllegalArgumentException("a list keeps 1 to 1000 rounds, not " + n);
        }
    }

    private Outcome add(long listAt, int n, long points, long ts, DirectBuffer id, int offset,
            int length) {
        long sum = sum(listAt);
        if (overflows(sum, points)) {
            return Outcome.OVERFLOW;
        }
        int count = count(listAt);
        makeRoom(listAt, count, n);
        int idRef = byTime ? storeId(id, offset, length) : 0;
        pages.putInt(listAt + COUNT_AT, count + 1);
        pages.putLong(listAt, sum + points);
        pages.putLong(listAt + LATEST_AT, count == 0 ? ts : Math.max(ts, maxTs(listAt)));
        siftUp(listAt, count, points, ts, idRef);
        return Outcome.KEPT;
    }

    private Outcome replaceRoot(long listAt, long points, long ts, DirectBuffer id, int offset,
            int length) {
        long rootAt = slotAt(listAt, 0);
        long goingPoints = pages.getLong(rootAt);
        long goingTs = pages.getLong(rootAt + TIME);
        long sum = sum(listAt);
        if (overflows(sum, points, goingPoints)) {
            return Outcome.OVERFLOW;
        }
        int idRef = 0;
        if (byTime) {
            idRef = storeId(id, offset, length);
            freeId(Allocator.at(pages.getInt(rootAt + ID)));
        }
        evictedPoints = goingPoints;
        evictedTs = goingTs;
        pages.putLong(listAt, sum + points - goingPoints);
        siftDown(listAt, points, ts, idRef);
        if (byTime) {
            pages.putLong(listAt + LATEST_AT, pages.getLong(rootAt + TIME));
        } else if (ts >= maxTs(listAt)) {
            pages.putLong(listAt + LATEST_AT, ts);
        } else if (goingTs == maxTs(listAt)) {
            pages.putLong(listAt + LATEST_AT, findLatest(listAt));
        }
        return Outcome.REPLACED;
    }

    /** Returns whether {@code sum + points} leaves 64 bits. */
    private static boolean overflows(long sum, long points) {
        return ((sum ^ sum + points) & (points ^ sum + points)) < 0;
    }

    /** Returns whether {@code sum + points - going} leaves 64 bits, whatever lies between. */
    private static boolean overflows(long sum, long points, long going) {
        if ((points ^ going) >= 0) {
            return overflows(sum, points - going);
        }
        // both steps go the same way, so one that leaves the range never comes back
        long between = sum + points;
        return overflows(sum, points)
            || ((between ^ going) & (between ^ between - going)) < 0;
    }

    private long findLatest(long listAt) {
        long latest = ts(listAt, 0);
        for (int i = 1; i < count(listAt); i++) {
            latest = Math.max(latest, ts(listAt, i));
        }
        return latest;
    }

    private void makeRoom(long listAt, int count, int n) {
        int capacity = pages.getInt(listAt + CAPACITY_AT);
        if (count < capacity) {
            return;
        }
        int larger = Math.min(n, Math.max(FIRST_CAPACITY, capacity * 2));
        long at = allocator.allocate(store, larger * slotBytes);
        if (capacity > 0) {
            long before = slotAt(listAt, 0);
            pages.copy(before, at, (long) capacity * slotBytes);
            allocator.free(store, before, capacity * slotBytes);
        }
        pages.putInt(listAt + SLOTS_AT, Allocator.ref(at));
        pages.putInt(listAt + CAPACITY_AT, larger);
    }

    private int storeId(DirectBuffer id, int offset, int length) {
        long at = allocator.allocate(store, 1 + length);
        pages.putByte(at, (byte) length);
        pages.putBytes(at + 1, id, offset, length);
        return Allocator.ref(at);
    }

    private void freeId(long at) {
        allocator.free(store, at, 1 + (pages.getByte(at) & 0xFF));
    }

    private int compareId(DirectBuffer id, int offset, int length, long at) {
        int otherLength = pages.getByte(at) & 0xFF;
        for (int i = 0; i < Math.min(length, otherLength); i++) {
            int difference = (id.getByte(offset + i) & 0xFF) - (pages.getByte(at + 1 + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length - otherLength;
    }

    private long slotAt(long listAt, int index) {
        return Allocator.at(pages.getInt(listAt + SLOTS_AT)) + (long) index * slotBytes;
    }

    private void siftUp(long listAt, int from, long points, long ts, int idRef) {
        int index = from;
        while (index > 0) {
            int parent = index - 1 >>> 1;
            long parentAt = slotAt(listAt, parent);
            if (!goesBefore(points, ts, idRef, parentAt)) {
                break;
            }
            copySlot(parentAt, slotAt(listAt, index));
            index = parent;
        }
        putSlot(slotAt(listAt, index), points, ts, idRef);
    }

    private void siftDown(long listAt, long points, long ts, int idRef) {
        int count = count(listAt);
        int index = 0;
        for (int child = 1; child < count; child = 2 * index + 1) {
            long childAt = slotAt(listAt, child);
            if (child + 1 < count && slotGoesBefore(childAt + slotBytes, childAt)) {
                child++;
                childAt += slotBytes;
            }
            if (!slotGoesBefore(childAt, points, ts, idRef)) {
                break;
            }
            copySlot(childAt, slotAt(listAt, index));
            index = child;
        }
        putSlot(slotAt(listAt, index), points, ts, idRef);
    }

    private void copySlot(long from, long to) {
        for (int word = 0; word < slotBytes; word += Long.BYTES) {
            pages.putLong(to + word, pages.getLong(from + word));
        }
    }

    private void putSlot(long at, long points, long ts, int idRef) {
        pages.putLong(at, points);
        pages.putLong(at + TIME, ts);
        if (byTime) {
            pages.putInt(at + ID, idRef);
        }
    }

    /** Returns whether a round leaves the list earlier than the one in a slot. */
    private boolean goesBefore(long points, long ts, int idRef, long at) {
        return compareLeaving(points, ts, idRef, at) < 0;
    }

    private boolean slotGoesBefore(long at, long points, long ts, int idRef) {
        return compareLeaving(points, ts, idRef, at) > 0;
    }

    private boolean slotGoesBefore(long at, long otherAt) {
        return compareLeaving(pages.getLong(at), pages.getLong(at + TIME),
            byTime ? pages.getInt(at + ID) : 0, otherAt) < 0;
    }

    private int compareLeaving(long points, long ts, int idRef, long at) {
        int later = Long.compare(pages.getLong(at + TIME), ts);
        if (!byTime) {
            int fewer = Long.compare(points, pages.getLong(at));
            return fewer != 0 ? fewer : later;
        }
        if (later != 0) {
            return later;
        }
        long idAt = Allocator.at(idRef);
        long otherIdAt = Allocator.at(pages.getInt(at + ID));
        later = pages.compareBytes(otherIdAt + 1, pages.getByte(otherIdAt) & 0xFF,
            idAt + 1, pages.getByte(idAt) & 0xFF);
        return later != 0 ? later : Long.compare(points, pages.getLong(at));
    }
}
