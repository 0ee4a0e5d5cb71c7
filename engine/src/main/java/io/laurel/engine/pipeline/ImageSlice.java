package io.laurel.engine.pipeline;

import io.laurel.engine.Engine;

/**
 * How much of an image is copied at once. While no command waits, a step after another; behind a
 * batch, where others may wait, a small part of the time that batches have taken, so that an image
 * slows the engine down evenly, never stops it, and is finished all the same.
 */
public final class ImageSlice {
    /** Batches owe one part of so many of their time. */
    private static final int PART = 10;
    /** What is owed is paid once it is so much: less than that is not a step. */
    private static final long LEAST_NS = 10_000;
    /** No more is owed, however long the batch was. */
    private static final long MOST_NS = 40_000;
    /** Most pages of 4 KiB in a slice. */
    private static final int MOST_PAGES = 64;
    /** Pages of a step: some 10 microseconds. */
    private static final int STEP_PAGES = 8;

    private long owedNs;

    /**
     * A batch has ended.
     *
     * @param batchNs how long it has taken
     * @return whether a slice has to be copied before the next one
     */
    public boolean isDueBehind(long batchNs) {
        owedNs = Math.min(MOST_NS, owedNs + batchNs / PART);
        return owedNs >= LEAST_NS;
    }

    /**
     * Copies as much as is due.
     *
     * @param startNs reading of {@link System#nanoTime} that its time counts from
     * @return whether the image is complete
     */
    public boolean copyDue(Engine engine, long startNs) {
        boolean complete = false;
        long tookNs = 0;
        for (int pages = 0; pages < MOST_PAGES && tookNs < owedNs && !complete;
            pages += STEP_PAGES) {
            complete = engine.images().copySlice(STEP_PAGES);
            tookNs = System.nanoTime() - startNs;
        }
        owedNs = 0;
        return complete;
    }

    /**
     * Copies one step ahead of the cut, for which nobody has to wait.
     *
     * @return whether the cut may come
     */
    public static boolean copyAhead(Engine engine) {
        return engine.images().copyAhead(STEP_PAGES);
    }

    /**
     * Copies one step, for which nobody has to wait; nothing is owed behind it.
     *
     * @return whether the image is complete
     */
    public boolean copyIdle(Engine engine) {
        owedNs = 0;
        return engine.images().copySlice(STEP_PAGES);
    }
}
