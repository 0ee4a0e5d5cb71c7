package io.laurel.engine.memory;

import org.agrona.UnsafeApi;

/**
 * An image in the making while the region goes on changing. It shows the region as it is at the
 * cut, and is made in two parts, both a slice at a time.
 *
 * <p>Ahead of the cut, pages are copied in their order, pass after pass, and a line that is written
 * afterwards is noted, and missing again before anything more is copied. So each pass has less to
 * copy than the one before, if there is time enough for copying.
 *
 * <p>From the cut on, what is missing is copied; a line that is about to be written before its turn
 * comes first. That costs whoever writes two accesses to memory that no cache holds, so at the cut
 * there should be little missing.
 */
final class PageCut {
    private static final int LINE_BITS = Integer.numberOfTrailingZeros(Pages.LINE_BYTES);
    private static final int PAGE_BITS = Integer.numberOfTrailingZeros(Pages.PAGE_BYTES);
    private static final int PAGE_LINES = Pages.PAGE_BYTES / Pages.LINE_BYTES;
    /** A mark has a bit for each line of a page. */
    private static final long ALL_OF_A_PAGE = -1L >>> Long.SIZE - PAGE_LINES;
    /** Little enough for the cache that is nearest. */
    private static final int MOST_NOTES = 1024;
    private static final long NONE = -1;
    /** What it takes to copy a line, where 1 is a look at a page of which none is missing. */
    private static final int LINE_COST = 16;
    /** With one part of so many missing, the cut may come. */
    private static final int FEW_PART = 256;
    /** A pass that brings what is missing down by less than such a part of it is the last. */
    private static final int LESS_PART = 8;

    private final long region;
    private final PageImage image;
    /** Address of a long for each page, with the bits of the lines that the image has. */
    private final long marks;
    /** Ahead of the cut: lines written since the last pages were copied. */
    private final long[] noted = new long[MOST_NOTES];
    private int notes;
    private long lastNoted = NONE;
    private boolean made;
    /** Of the pass at hand, or of the image. */
    private long pageCount;
    /** The page whose turn it is. */
    private long next;
    /** Ahead of the cut: lines that the image has not. */
    private long missing;
    private long missingBefore = Long.MAX_VALUE;

    /**
     * Begins ahead of a cut; nothing is copied yet.
     *
     * @param region address of the region
     * @param image takes its prefix
     */
    PageCut(long region, PageImage image) {
        this.region = region;
        this.image = image;
        marks = image.marks();
    }

    /** Returns the length of the marks for so many bytes of a region, in whole pages. */
    static long markBytes(long bytes) {
        return pages(pages(bytes) * Long.BYTES) << PAGE_BITS;
    }

    /** Sees to what is about to be written. */
    void beforeWrite(long at, long bytes) {
        if (made) {
            save(at, bytes);
        } else {
            note(at >> LINE_BITS, at + bytes - 1 >> LINE_BITS);
        }
    }

    private void note(long firstLine, long lastLine) {
        if (lastLine - firstLine >= noted.length) {
            forgetPages(firstLine, lastLine);
            return;
        }
        for (long line = firstLine; line <= lastLine; line++) {
            // of one thing several words are written, one after another
            if (line != lastNoted) {
                if (notes == noted.length) {
                    forgetNoted();
                }
                noted[notes++] = line;
                lastNoted = line;
            }
        }
    }

    /** All at once: what one has to wait for is then looked for beside the next ones. */
    private void forgetNoted() {
        for (int i = 0; i < notes; i++) {
            forget(noted[i] / PAGE_LINES, 1L << noted[i]);
        }
        notes = 0;
        lastNoted = NONE;
    }

    /** Some lines too many at both ends do no harm. */
    private void forgetPages(long firstLine, long lastLine) {
        for (long page = firstLine / PAGE_LINES; page <= lastLine / PAGE_LINES; page++) {
            forget(page, ALL_OF_A_PAGE);
        }
    }

    private void forget(long page, long lines) {
        if (page < pageCount) {
            final long mark = marks + page * Long.BYTES;
            final long copied = UnsafeApi.getLong(mark);
            UnsafeApi.putLong(mark, copied & ~lines);
            missing += Long.bitCount(copied & lines);
        }
    }

    private void save(long at, long bytes) {
        final long last = at + bytes - 1;
        final long endPage = Math.min(pageCount, (last >> PAGE_BITS) + 1);
        for (long page = at >> PAGE_BITS; page < endPage; page++) {
            final long begin = page << PAGE_BITS;
            final long first = Math.max(0, at - begin) >> LINE_BITS;
            final long end = Math.min(Pages.PAGE_BYTES - 1, last - begin) >> LINE_BITS;
            final long mark = marks + page * Long.BYTES;
            final long copied = UnsafeApi.getLong(mark);
            final long more = -1L << first & -1L >>> Long.SIZE - 1 - end & ~copied;
            if (more != 0) {
                UnsafeApi.putLong(mark, copied | more);
                take(page, more);
            }
        }
    }

    /**
     * Copies the next pages ahead of the cut.
     *
     * @param maxPages bound of the work; some lines of many pages count as much as they cost
     * @param usedBytes of the region, as they are
     * @return whether the cut may come: little is missing, or it does not get less
     */
    boolean copyAhead(int maxPages, long usedBytes) {
        forgetNoted();
        if (next == pageCount && isSettled(usedBytes)) {
            return true;
        }
        copy(maxPages);
        return false;
    }

    /** A pass is through: begins the next one, or finds that it would be of no use. */
    private boolean isSettled(long usedBytes) {
        // what is not mapped yet would have to be waited for
        final long pages =
            Math.max(pageCount, pages(Math.min(usedBytes, image.mappedBytes())));
        missing += (pages - pageCount) * PAGE_LINES;
        pageCount = pages;
        next = pageCount;
        if (missing <= pageCount * PAGE_LINES / FEW_PART
            || missing > missingBefore - missingBefore / LESS_PART) {
            return true;
        }
        missingBefore = missing;
        next = 0;
        return false;
    }

    /** This is the cut: from now on the image shows the region as it is here. */
    void make(long usedBytes) {
        image.cut(usedBytes);
        forgetNoted();
        made = true;
        pageCount = pages(usedBytes);
        next = 0;
    }

    private static long pages(long bytes) {
        return bytes + Pages.PAGE_BYTES - 1 >> PAGE_BITS;
    }

    /** Copies the next pages; returns whether all are copied. */
    boolean copySlice(int maxPages) {
        copy(maxPages);
        return complete();
    }

    private void copy(int maxPages) {
        long left = (long) maxPages * (PAGE_LINES * LINE_COST + 1);
        while (next < pageCount && left > 0) {
            final long mark = marks + next * Long.BYTES;
            final long lines = ~UnsafeApi.getLong(mark) & ALL_OF_A_PAGE;
            if (lines != 0) {
                take(next, lines);
                UnsafeApi.putLong(mark, ALL_OF_A_PAGE);
                final int count = Long.bitCount(lines);
                missing -= count;
                left -= (long) count * LINE_COST;
            }
            left--;
            next++;
        }
    }

    /** Copies lines of a page, one stretch after another. */
    private void take(long page, long lines) {
        final long at = page << PAGE_BITS;
        long left = lines & ALL_OF_A_PAGE;
        while (left != 0) {
            final int first = Long.numberOfTrailingZeros(left);
            final int count = Long.numberOfTrailingZeros(~(left >>> first));
            image.take(region, at + ((long) first << LINE_BITS), (long) count << LINE_BITS);
            left &= left + (1L << first);
        }
    }

    boolean made() {
        return made;
    }

    boolean complete() {
        return made && next == pageCount;
    }

    PageImage image() {
        return image;
    }
}
