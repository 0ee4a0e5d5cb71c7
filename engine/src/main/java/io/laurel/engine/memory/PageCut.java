package io.laurel.engine.memory;

/**
 * An image in the making while the region goes on changing. Pages are copied in their order, a
 * slice at a time; one that is about to be written before its turn is copied first. So the image
 * shows the region as it was when the cut began.
 */
final class PageCut {
    private final long region;
    private final long pageCount;
    private final PageImage image;
    /** One bit per page that was copied before its turn. */
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
        early = new long[(int) (pageCount / Long.SIZE + 1)];
    }

    /** Copies what is about to be written and is not yet copied. */
    void beforeWrite(long at, long bytes) {
        if (bytes == 0) {
            return;
        }
        final long last = Math.min(pageCount - 1, (at + bytes - 1) / Pages.PAGE_BYTES);
        for (long page = Math.max(next, at / Pages.PAGE_BYTES); page <= last; page++) {
            final int word = (int) (page / Long.SIZE);
            final long bit = 1L << page;
            if ((early[word] & bit) == 0) {
                early[word] |= bit;
                image.take(region, page);
            }
        }
    }

    /** Copies the next pages; returns whether all are copied. */
    boolean copySlice(int maxPages) {
        int left = maxPages;
        while (next < pageCount && (left > 0 || isEarly())) {
            if (!isEarly()) {
                image.take(region, next);
                left--;
            }
            next++;
        }
        return complete();
    }

    private boolean isEarly() {
        return (early[(int) (next / Long.SIZE)] & 1L << next) != 0;
    }

    boolean complete() {
        return next == pageCount;
    }

    PageImage image() {
        return image;
    }
}
