package io.laurel.engine.memory;

/**
 * An image in the making while the region goes on changing. Pages are copied in their order, a
 * slice at a time; what is about to be written before its turn is copied first, a granule of a page
 * at a time: most writes change a few words, and the rest of their page can wait for its turn. So
 * the image shows the region as it was when the cut began.
 */
final class PageCut {
    /** What is saved before a write; a line of memory is 64. */
    static final int GRANULE_BYTES = 512;

    private static final int GRANULE_BITS = Integer.numberOfTrailingZeros(GRANULE_BYTES);
    private static final int PAGE_GRANULES = Pages.PAGE_BYTES / GRANULE_BYTES;
    private static final int PAGE_BITS = Integer.numberOfTrailingZeros(PAGE_GRANULES);
    private static final long ALL_OF_A_PAGE = -1L >>> Long.SIZE - PAGE_GRANULES;

    private final long region;
    private final long pageCount;
    private final long endGranule;
    private final PageImage image;
    /** One bit per granule that was copied before its turn. */
    private final long[] early;
    /** All pages before this one are copied. */
    private long next;

    /**
     * Begins a cut; nothing is copied yet.
     *
     * @param region address of the region
     * @param image takes its prefix
     */
    PageCut(long region, PageImage image) {
        this.region = region;
        this.image = image;
        pageCount = (image.usedBytes() + Pages.PAGE_BYTES - 1) / Pages.PAGE_BYTES;
        endGranule = pageCount << PAGE_BITS;
        early = image.marks();
    }

    /** Returns how many words hold a bit for each granule of so many bytes. */
    static int words(long bytes) {
        return Math.toIntExact((bytes >>> GRANULE_BITS) / Long.SIZE + 1);
    }

    /** Copies what is about to be written and is not yet copied. */
    void beforeWrite(long at, long bytes) {
        final long end = Math.min(endGranule, (at + bytes - 1 >> GRANULE_BITS) + 1);
        for (long granule = Math.max(next << PAGE_BITS, at >> GRANULE_BITS); granule < end;
            granule++) {
            final int word = (int) (granule / Long.SIZE);
            final long bit = 1L << granule;
            if ((early[word] & bit) == 0) {
                early[word] |= bit;
                image.take(region, granule << GRANULE_BITS, GRANULE_BYTES);
            }
        }
    }

    /** Copies the next pages; returns whether all are copied. */
    boolean copySlice(int maxPages) {
        int left = maxPages;
        while (next < pageCount) {
            final long copied = earlyOfNext();
            if (copied != ALL_OF_A_PAGE) {
                if (left == 0) {
                    return false;
                }
                left--;
                copyNext(copied);
            }
            next++;
        }
        return true;
    }

    /** Returns the bits of the granules of the next page. */
    private long earlyOfNext() {
        final long granule = next << PAGE_BITS;
        return early[(int) (granule / Long.SIZE)] >>> granule & ALL_OF_A_PAGE;
    }

    private void copyNext(long copied) {
        final long at = next * Pages.PAGE_BYTES;
        if (copied == 0) {
            image.take(region, at, Pages.PAGE_BYTES);
            return;
        }
        // what is left of it, one stretch after another
        long left = ~copied & ALL_OF_A_PAGE;
        while (left != 0) {
            final int first = Long.numberOfTrailingZeros(left);
            final int count = Long.numberOfTrailingZeros(~(left >>> first));
            image.take(region, at + ((long) first << GRANULE_BITS),
                (long) count << GRANULE_BITS);
            left &= left + (1L << first);
        }
    }

    boolean complete() {
        return next == pageCount;
    }

    PageImage image() {
        return image;
    }
}
