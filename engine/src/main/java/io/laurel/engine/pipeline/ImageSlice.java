package io.laurel.engine.pipeline;

import io.laurel.engine.Engine;

/** How much of an image is copied between two batches. */
public final class ImageSlice {
    /** Most pages of 4 KiB. */
    private static final int PAGES = 64;
    /** Pages copied between two looks at the clock. */
    private static final int STEP_PAGES = 16;
    /** No further step begins after so long: fresh memory can cost more than the copying. */
    private static final long BUDGET_NS = 50_000;

    private ImageSlice() {
    }

    /**
     * Goes on with the image that an engine is making.
     *
     * @param startNs reading of {@link System#nanoTime} that the budget counts from
     * @return whether the image is complete
     */
    public static boolean copy(Engine engine, long startNs) {
        boolean complete = false;
        long tookNs = 0;
        for (int pages = 0; pages < PAGES && tookNs < BUDGET_NS && !complete;
            pages += STEP_PAGES) {
            complete = engine.copySlice(STEP_PAGES);
            tookNs = System.nanoTime() - startNs;
        }
        return complete;
    }
}
