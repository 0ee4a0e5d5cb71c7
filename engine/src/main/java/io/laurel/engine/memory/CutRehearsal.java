package io.laurel.engine.memory;

/**
 * Makes images of a small region before any real work. The JVM leaves branches out of compiled code
 * that were never taken: without this, the first image of a node that runs for hours would throw
 * all code away that writes to the state, and the engine would be interpreted until it is compiled
 * anew.
 */
public final class CutRehearsal {
    private static final int ROUNDS = 40;
    private static final long BYTES = 64L * Pages.PAGE_BYTES;
    private static final int SLICE_PAGES = 8;
    private static final int STEP_BYTES = 264;

    private CutRehearsal() {
    }

    /** Takes some ms; once a process is enough. */
    public static void run() {
        try (Pages pages = new Pages(BYTES)) {
            for (int i = 0; i < ROUNDS; i++) {
                final PageImage room = new PageImage(BYTES);
                pages.beginAhead(room);
                for (int slice = 0; slice < SLICE_PAGES; slice++) {
                    write(pages);
                    pages.copyAhead(SLICE_PAGES, BYTES);
                }
                pages.beginCut(room, BYTES);
                do {
                    write(pages);
                } while (!pages.copySlice(SLICE_PAGES));
                pages.endCut().close();
            }
        }
    }

    private static void write(Pages pages) {
        for (long at = 0; at + STEP_BYTES < BYTES; at += STEP_BYTES) {
            pages.putLong(at, at);
            pages.putInt(at + Long.BYTES, 1);
        }
    }
}
