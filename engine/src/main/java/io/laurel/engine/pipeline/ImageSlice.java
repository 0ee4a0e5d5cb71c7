package io.laurel.engine.pipeline;

import io.laurel.engine.Engine;

/**
 * How much of an image is copied between two batches: a small part of the time that the batch has
 * taken, so that an image slows the engine down evenly and never stops it.
 */
public final class ImageSlice {
    /** A slice may take one part of so many of its batch's time. */
    private static final int PART = 10;
    /** However short the batch was. */
    private static final long LEAST_NS = 10_000;
    /** However long it was. */
    private static final long MOST_NS = 40_000;
    /** Most pages of 4 KiB. */
    private static final int MOST_PAGES = 64;
    /** Pages copied between two looks at the clock. */
    private static final int STEP_PAGES = 8;

    private ImageSlice() {
    }

    /**
     * Goes on with the image that an engine is making.
     *
     * @param startNs reading of {@link System#nanoTime} that the budget counts from
     * @param batchNs how long the batch before has taken
     * @return whether the image is complete
     */
    public static boolean copy(Engine engine, long startNs, long batchNs) {
        final long budgetNs = Math.min(MOST_NS, Math.max(LEAST_NS, batchNs / PART));
        boolean complete = false;
        long tookNs = 0;
        for (int pages = 0; pages < MOST_PAGES && tookNs < budgetNs && !complete;
            pages += STEP_PAGES) {
            complete = engine.copySlice(STEP_PAGES);
            tookNs = System.nanoTime() - startNs;
        }
        return complete;
    }
}
