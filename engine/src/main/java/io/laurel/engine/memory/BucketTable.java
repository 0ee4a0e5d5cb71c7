package io.laurel.engine.memory;

import java.util.Arrays;

/**
 * Finds the bucket of a number for {@link HashIndex}. The first 1,024 buckets lie in nine segments
 * that double from 4 buckets on, so a small index is small; after that each segment holds 1,024
 * buckets (64 KiB), found through a directory of two levels whose first one appears when needed.
 *
 * <p>Fields in the header of the index: the place of the directory at 24 (u32 reference), the
 * nine small segments from 32 on (u32 references).
 */
final class BucketTable {
    static final int BUCKET_BYTES = 64;
    static final int FIRST_BUCKETS = 4;
    private static final int SEGMENT_BITS = 10;
    private static final int SEGMENT_BUCKETS = 1 << SEGMENT_BITS;
    private static final int SEGMENT_BYTES = SEGMENT_BUCKETS * BUCKET_BYTES;
    private static final int LEAF_BITS = 10;
    private static final int LEAF_REFS = 1 << LEAF_BITS;
    private static final int DIRECTORY_BYTES = LEAF_REFS * Integer.BYTES;
    private static final int DIRECTORY_AT = 24;
    private static final int SMALL_AT = 32;
    /** The number of leading zeros of the numbers 4..7, which lie in small segment 1. */
    private static final int ZEROS_OF_SECOND = 30;

    /** A few for each event of a group that is looked at ahead. */
    private static final int RECENT = 128;
    private static final int LINE_BITS = 6;
    private static final long LOW_INT = 0xFFFF_FFFFL;
    private static final long NO_NUMBER = -1;

    private final Pages pages;
    private final Allocator allocator;
    private final int store;
    private final long headerAt;
    /** Buckets never move: the number in the upper half, the place in lines in the lower one. */
    private final long[] recent = new long[RECENT];

    BucketTable(Allocator allocator, int store, long headerAt) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
        this.headerAt = headerAt;
        Arrays.fill(recent, NO_NUMBER);
    }

    /** As {@link #bucketAt}, for a bucket that is asked for several times. */
    long recentAt(int number) {
        long known = recent[number & RECENT - 1];
        if ((int) (known >>> Integer.SIZE) != number) {
            known = (long) number << Integer.SIZE | bucketAt(number) >>> LINE_BITS;
            recent[number & RECENT - 1] = known;
        }
        return (known & LOW_INT) << LINE_BITS;
    }

    long bucketAt(int number) {
        if (number < SEGMENT_BUCKETS) {
            int segment = smallSegment(number);
            int first = segment == 0 ? 0 : FIRST_BUCKETS << segment - 1;
            return Allocator.at(pages.getInt(smallAt(segment)))
                + (long) (number - first) * BUCKET_BYTES;
        }
        int segment = number >>> SEGMENT_BITS;
        long leafAt = Allocator.at(pages.getInt(directoryEntryAt(segment)));
        long segmentAt = Allocator.at(pages.getInt(leafEntryAt(leafAt, segment)));
        return segmentAt + (long) (number & SEGMENT_BUCKETS - 1) * BUCKET_BYTES;
    }

    /** Makes sure that the memory of a bucket exists; buckets come in the order of numbers. */
    void grow(int number) {
        if (number < SEGMENT_BUCKETS) {
            long refAt = smallAt(smallSegment(number));
            if (pages.getInt(refAt) == 0) {
                int buckets = Math.max(FIRST_BUCKETS, number);
                pages.putInt(refAt, allocateRef(buckets * BUCKET_BYTES));
            }
        } else if ((number & SEGMENT_BUCKETS - 1) == 0) {
            int segment = number >>> SEGMENT_BITS;
            if (pages.getInt(headerAt + DIRECTORY_AT) == 0) {
                pages.putInt(headerAt + DIRECTORY_AT, allocateRef(DIRECTORY_BYTES));
            }
            long entryAt = directoryEntryAt(segment);
            if (pages.getInt(entryAt) == 0) {
                pages.putInt(entryAt, allocateRef(DIRECTORY_BYTES));
            }
            long leafAt = Allocator.at(pages.getInt(entryAt));
            pages.putInt(leafEntryAt(leafAt, segment), allocateRef(SEGMENT_BYTES));
        }
    }

    /** Frees what {@link #grow} took for the last bucket, where that bucket was the first of it. */
    void shrink(int number) {
        if (number < SEGMENT_BUCKETS) {
            int segment = smallSegment(number);
            int buckets = Math.max(FIRST_BUCKETS, number);
            if (number == 0 || number == FIRST_BUCKETS << segment - 1) {
                release(smallAt(segment), buckets * BUCKET_BYTES);
            }
        } else if ((number & SEGMENT_BUCKETS - 1) == 0) {
            int segment = number >>> SEGMENT_BITS;
            long entryAt = directoryEntryAt(segment);
            release(leafEntryAt(Allocator.at(pages.getInt(entryAt)), segment), SEGMENT_BYTES);
            if ((segment & LEAF_REFS - 1) == 0 || segment == 1) {
                release(entryAt, DIRECTORY_BYTES);
            }
            if (segment == 1) {
                release(headerAt + DIRECTORY_AT, DIRECTORY_BYTES);
            }
        }
    }

    private int allocateRef(int bytes) {
        return Allocator.ref(allocator.allocate(store, bytes));
    }

    private void release(long refAt, int bytes) {
        allocator.free(store, Allocator.at(pages.getInt(refAt)), bytes);
        pages.putInt(refAt, 0);
    }

    private static int smallSegment(int number) {
        return number < FIRST_BUCKETS ? 0
            : ZEROS_OF_SECOND - Integer.numberOfLeadingZeros(number);
    }

    private long smallAt(int segment) {
        return headerAt + SMALL_AT + (long) segment * Integer.BYTES;
    }

    private long directoryEntryAt(int segment) {
        return Allocator.at(pages.getInt(headerAt + DIRECTORY_AT))
            + (long) (segment >>> LEAF_BITS) * Integer.BYTES;
    }

    private static long leafEntryAt(long leafAt, int segment) {
        return leafAt + (long) (segment & LEAF_REFS - 1) * Integer.BYTES;
    }
}
