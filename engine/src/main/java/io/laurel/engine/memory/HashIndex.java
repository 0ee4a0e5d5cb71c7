package io.laurel.engine.memory;

import java.util.Arrays;

/**
 * A hash index from 32-bit hashes to references, several per hash where need be: linear hashing
 * after Litwin (VLDB 1980), so it grows one bucket at a time and no insert does more than the work
 * of one split. The owner of the references compares what they stand for.
 *
 * <p>Header (128 bytes): size u64 at 8, buckets u32 at 16, the table of {@link BucketTable} from
 * 24 on. A bucket is one line: reference of the next bucket of its chain (u32), count (u32), seven
 * slots {hash u32, reference u32}. All buckets of a chain but its last one are full; the chain of
 * a bucket ends early only where it holds nothing.
 *
 * <p>It never shrinks: what is removed leaves room that the next entries take, so an index is as
 * large as it was at its fullest. Only {@link #freeSlice} gives buckets back, and then all of them.
 *
 * <p>A cursor is the place of a slot; any change of the index makes it void.
 */
public final class HashIndex {
    /** Takes the references of an index that is taken down. */
    public interface RefConsumer {
        /** Takes one reference; it is no longer in the index. */
        void accept(int ref);
    }

    private static final int HEADER_BYTES = 128;
    private static final int SIZE_AT = 8;
    private static final int BUCKETS_AT = 16;
    private static final int MAX_BUCKETS = 1 << 30;

    private static final int COUNT = 4;
    private static final int SLOTS = 8;
    private static final int SLOT_BYTES = 8;
    private static final int SLOT_REF = 4;
    private static final int SLOTS_PER_BUCKET = 7;
    private static final int LAST_SLOT = SLOTS + (SLOTS_PER_BUCKET - 1) * SLOT_BYTES;
    private static final long LINE_MASK = BucketTable.BUCKET_BYTES - 1;
    /** Grow above 21 entries for 4 buckets: a load of 0.75. */
    private static final long LOAD_ENTRIES = 21;
    private static final long LOAD_BUCKETS = 4;

    private final Pages pages;
    private final Allocator allocator;
    private final int store;
    private final long headerAt;
    private final BucketTable table;
    /** What stays and what goes when a bucket is split. */
    private long[] keeping = new long[4 * SLOTS_PER_BUCKET];
    private long[] moving = new long[4 * SLOTS_PER_BUCKET];

    private HashIndex(Allocator allocator, int store, long headerAt) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
        this.headerAt = headerAt;
        this.table = new BucketTable(allocator, store, headerAt);
    }

    /** Makes an empty index of 384 bytes. */
    public static HashIndex create(Allocator allocator, int store) {
        HashIndex index = new HashIndex(allocator, store, allocator.allocate(store, HEADER_BYTES));
        index.table.grow(0);
        index.pages.putInt(index.headerAt + BUCKETS_AT, BucketTable.FIRST_BUCKETS);
        return index;
    }

    /** Goes on with the index whose header lies at a place. */
    public static HashIndex open(Allocator allocator, int store, long headerAt) {
        return new HashIndex(allocator, store, headerAt);
    }

    /** Returns the place that {@link #open} wants. */
    public long headerAt() {
        return headerAt;
    }

    /** Returns the number of entries. */
    public long size() {
        return pages.getLong(headerAt + SIZE_AT);
    }

    /** Returns the cursor of the first entry with a hash, or 0. */
    public long find(int hash) {
        return scan(bucketOf(hash), hash);
    }

    /** Returns the cursor of the next entry with the same hash, or 0. */
    public long next(long cursor, int hash) {
        long bucketAt = cursor & ~LINE_MASK;
        long found = scan(bucketAt, (int) (cursor & LINE_MASK) + SLOT_BYTES, hash);
        return found != 0 ? found : scan(Allocator.at(pages.getInt(bucketAt)), hash);
    }

    private long scan(long firstBucketAt, int hash) {
        long bucketAt = firstBucketAt;
        while (bucketAt != 0) {
            if (mayHold(bucketAt, hash)) {
                long found = scan(bucketAt, SLOTS, hash);
                if (found != 0) {
                    return found;
                }
            }
            bucketAt = Allocator.at(pages.getInt(bucketAt));
        }
        return 0;
    }

    private long scan(long bucketAt, int firstSlot, int hash) {
        int end = SLOTS + pages.getInt(bucketAt + COUNT) * SLOT_BYTES;
        for (int slot = firstSlot; slot < end; slot += SLOT_BYTES) {
            if (pages.getInt(bucketAt + slot) == hash) {
                return bucketAt + slot;
            }
        }
        return 0;
    }

    /**
     * Compares all slots of a bucket without a branch: most hashes looked for are in none, and how
     * many are filled is as good as random. What is not filled is zero, as a hash may be, too.
     */
    private boolean mayHold(long bucketAt, int hash) {
        int zeros = 0;
        for (int slot = SLOTS; slot <= LAST_SLOT; slot += SLOT_BYTES) {
            int difference = pages.getInt(bucketAt + slot) ^ hash;
            // only that of zero has its highest bit set
            zeros |= difference - 1 & ~difference;
        }
        return zeros < 0;
    }

    /**
     * Returns the number of buckets, for a walk over all entries. It only grows, and an entry only
     * ever moves to a bucket that is new then, so a walk in the order of the numbers, with any
     * changes between two buckets, meets every entry that stays all the while.
     */
    public int buckets() {
        return pages.getInt(headerAt + BUCKETS_AT);
    }

    /** Returns the cursor of the first entry of a bucket, or 0. */
    public long first(int bucket) {
        long bucketAt = table.bucketAt(bucket);
        return pages.getInt(bucketAt + COUNT) == 0 ? 0 : bucketAt + SLOTS;
    }

    /** Returns the cursor of the next entry of the same bucket, or 0. */
    public long after(long cursor) {
        long bucketAt = cursor & ~LINE_MASK;
        long nextAt = cursor + SLOT_BYTES;
        return nextAt < bucketAt + SLOTS + (long) pages.getInt(bucketAt + COUNT) * SLOT_BYTES
            ? nextAt : pages.getInt(bucketAt) == 0 ? 0
                : Allocator.at(pages.getInt(bucketAt)) + SLOTS;
    }

    /** Returns the reference behind a cursor. */
    public int ref(long cursor) {
        return pages.getInt(cursor + SLOT_REF);
    }

    /** Changes the reference behind a cursor; the hash stays. */
    public void setRef(long cursor, int ref) {
        pages.putInt(cursor + SLOT_REF, ref);
    }

    /** Adds an entry, also where the index already has this hash. */
    public void insert(int hash, int ref) {
        long size = size() + 1;
        int buckets = buckets();
        if (size * LOAD_BUCKETS > buckets * LOAD_ENTRIES && buckets < MAX_BUCKETS) {
            split(buckets);
        }
        append(bucketOf(hash), hash, ref);
        pages.putLong(headerAt + SIZE_AT, size);
    }

    /** Removes the entry with this hash and reference; returns whether there was one. */
    public boolean remove(int hash, int ref) {
        for (long cursor = find(hash); cursor != 0; cursor = next(cursor, hash)) {
            if (ref(cursor) == ref) {
                removeAt(bucketOf(hash), cursor);
                pages.putLong(headerAt + SIZE_AT, size() - 1);
                return true;
            }
        }
        return false;
    }

    /** Returns the place of the line where a hash is looked for first. */
    public long lineOf(int hash) {
        return bucketOf(hash);
    }

    /** Returns the place of the line behind one, which must be near; 0 = none. */
    public long lineBehind(long line) {
        return Allocator.at(pages.getInt(line));
    }

    /** As {@link #find(int)}, where {@link #lineOf} was asked for and nothing has changed since. */
    public long find(long line, int hash) {
        return scan(line, hash);
    }

    /** Adds the lines that the next inserts will split. */
    public void addSplits(int inserts, Touches touches) {
        int splits = splits(inserts);
        for (int i = 0; i < splits; i++) {
            touches.add(table.bucketAt(sourceOf(buckets() + i)));
        }
    }

    /** Adds the lines behind those of {@link #addSplits}, which must be near. */
    public void addBehindSplits(int inserts, Touches touches) {
        int splits = splits(inserts);
        for (int i = 0; i < splits; i++) {
            touches.add(Allocator.at(pages.getInt(table.bucketAt(sourceOf(buckets() + i)))));
        }
    }

    /** Returns how many buckets that are there by now the next inserts may split. */
    private int splits(int inserts) {
        int splits = (int) (inserts * LOAD_BUCKETS / LOAD_ENTRIES) + 1;
        return Math.min(splits, Integer.highestOneBit(buckets()));
    }

    /** Returns the number of the bucket that one of this number is split off. */
    private static int sourceOf(int number) {
        return number & -1 >>> Integer.numberOfLeadingZeros(number) >>> 1;
    }

    /**
     * Takes the index down a slice at a time: empties and frees up to {@code maxBuckets} buckets
     * and hands out what they held. Nothing else may be called once this has begun.
     *
     * @return whether all is gone, the header included
     */
    public boolean freeSlice(int maxBuckets, RefConsumer consumer) {
        int buckets = buckets();
        for (int done = 0; done < maxBuckets && buckets > 0; done++) {
            buckets--;
            drain(table.bucketAt(buckets), consumer);
            table.shrink(buckets);
            pages.putInt(headerAt + BUCKETS_AT, buckets);
        }
        if (buckets > 0) {
            return false;
        }
        allocator.free(store, headerAt, HEADER_BYTES);
        return true;
    }

    private void drain(long firstBucketAt, RefConsumer consumer) {
        long bucketAt = firstBucketAt;
        while (bucketAt != 0) {
            int count = pages.getInt(bucketAt + COUNT);
            for (int i = 0; i < count; i++) {
                consumer.accept(ref(bucketAt + SLOTS + (long) i * SLOT_BYTES));
            }
            pages.putLong(headerAt + SIZE_AT, size() - count);
            long nextAt = Allocator.at(pages.getInt(bucketAt));
            if (bucketAt != firstBucketAt) {
                allocator.free(store, bucketAt, BucketTable.BUCKET_BYTES);
            }
            bucketAt = nextAt;
        }
    }

    private long bucketOf(int hash) {
        int buckets = buckets();
        int mask = -1 >>> Integer.numberOfLeadingZeros(buckets - 1);
        int number = hash & mask;
        return table.recentAt(number < buckets ? number : number & mask >>> 1);
    }

    private void append(long firstBucketAt, int hash, int ref) {
        long bucketAt = firstBucketAt;
        int nextRef = pages.getInt(bucketAt);
        while (nextRef != 0) {
            bucketAt = Allocator.at(nextRef);
            nextRef = pages.getInt(bucketAt);
        }
        int count = pages.getInt(bucketAt + COUNT);
        if (count == SLOTS_PER_BUCKET) {
            bucketAt = chain(bucketAt);
            count = 0;
        }
        long slotAt = bucketAt + SLOTS + (long) count * SLOT_BYTES;
        pages.putInt(slotAt, hash);
        pages.putInt(slotAt + SLOT_REF, ref);
        pages.putInt(bucketAt + COUNT, count + 1);
    }

    /** The last entry of the chain takes the place of the one that goes. */
    private void removeAt(long firstBucketAt, long cursor) {
        long beforeAt = 0;
        long bucketAt = firstBucketAt;
        while (pages.getInt(bucketAt) != 0) {
            beforeAt = bucketAt;
            bucketAt = Allocator.at(pages.getInt(bucketAt));
        }
        int count = pages.getInt(bucketAt + COUNT) - 1;
        long lastAt = bucketAt + SLOTS + (long) count * SLOT_BYTES;
        pages.putLong(cursor, pages.getLong(lastAt));
        pages.putLong(lastAt, 0);
        pages.putInt(bucketAt + COUNT, count);
        if (count == 0 && beforeAt != 0) {
            pages.putInt(beforeAt, 0);
            allocator.free(store, bucketAt, BucketTable.BUCKET_BYTES);
        }
    }

    /** Adds the bucket of this number and moves to it what belongs there. */
    private void split(int number) {
        table.grow(number);
        int mask = -1 >>> Integer.numberOfLeadingZeros(number);
        int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
        long sourceAt = table.bucketAt(number & mask >>> 1);
        long movedAt = table.bucketAt(number);
        pages.putInt(headerAt + BUCKETS_AT, number + 1);
        int kept = 0;
        int moved = 0;
        for (long bucketAt = sourceAt; bucketAt != 0; ) {
            makeRoom(kept + moved + 2 * SLOTS_PER_BUCKET);
            int end = SLOTS + pages.getInt(bucketAt + COUNT) * SLOT_BYTES;
            for (int slot = SLOTS; slot < end; slot += SLOT_BYTES) {
                long entry = pages.getLong(bucketAt + slot);
                // written both ways, as half of the entries go either one
                int moves = (int) entry >>> shift & 1;
                keeping[kept] = entry;
                moving[moved] = entry;
                kept += 1 - moves;
                moved += moves;
            }
            bucketAt = Allocator.at(pages.getInt(bucketAt));
        }
        fill(movedAt, moving, moved);
        cut(fill(sourceAt, keeping, kept));
    }

    private void makeRoom(int entries) {
        if (entries > keeping.length) {
            keeping = Arrays.copyOf(keeping, 2 * entries);
            moving = Arrays.copyOf(moving, 2 * entries);
        }
    }

    /** Fills buckets from one on, chains as many as it takes, and returns the last of them. */
    private long fill(long firstBucketAt, long[] entries, int count) {
        Arrays.fill(entries, count, count + SLOTS_PER_BUCKET, 0);
        long bucketAt = firstBucketAt;
        int done = 0;
        while (true) {
            for (int i = 0; i < SLOTS_PER_BUCKET; i++) {
                pages.putLong(bucketAt + SLOTS + (long) i * SLOT_BYTES, entries[done + i]);
            }
            if (count - done <= SLOTS_PER_BUCKET) {
                pages.putInt(bucketAt + COUNT, count - done);
                return bucketAt;
            }
            done += SLOTS_PER_BUCKET;
            pages.putInt(bucketAt + COUNT, SLOTS_PER_BUCKET);
            int nextRef = pages.getInt(bucketAt);
            bucketAt = nextRef != 0 ? Allocator.at(nextRef) : chain(bucketAt);
        }
    }

    /** Puts a bucket behind one that is full. */
    private long chain(long fullAt) {
        long nextAt = allocator.allocate(store, BucketTable.BUCKET_BYTES);
        pages.putInt(fullAt, Allocator.ref(nextAt));
        pages.putInt(fullAt + COUNT, SLOTS_PER_BUCKET);
        return nextAt;
    }

    /** Ends a chain with a bucket and frees those behind it. */
    private void cut(long bucketAt) {
        long restAt = Allocator.at(pages.getInt(bucketAt));
        pages.putInt(bucketAt, 0);
        while (restAt != 0) {
            long nextAt = Allocator.at(pages.getInt(restAt));
            allocator.free(store, restAt, BucketTable.BUCKET_BYTES);
            restAt = nextAt;
        }
    }
}
