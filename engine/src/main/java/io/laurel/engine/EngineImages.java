package io.laurel.engine;

import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.port.SnapshotFacts;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.state.State;

/**
 * Makes images of the whole state of an engine, one at a time, a slice at a time between two
 * commands. On the engine's thread, after Genesis.
 */
public final class EngineImages {
    private static final long REHEARSAL_BYTES = 1L << 20;

    private final State state;
    private SnapshotFacts cut;

    EngineImages(State state) {
        this.state = state;
    }

    /**
     * Begins to copy the state ahead of the cut that an image will show, so that there is less to
     * copy behind it.
     *
     * @param room the engine's until the image is handed out, or dropped
     * @throws IllegalStateException where another image is being made
     */
    public void beginAhead(PageImage room) {
        state.pages().beginAhead(room);
    }

    /**
     * Copies the next pages of 4 KiB ahead of the cut.
     *
     * @return whether the cut may come: little is missing, or it does not get less
     */
    public boolean copyAhead(int maxPages) {
        return state.copyAhead(maxPages);
    }

    /** Gives up what was copied ahead; the room is the caller's from then on. */
    public PageImage dropAhead() {
        return state.pages().dropCut();
    }

    /**
     * This is the cut: begins an image of the state as it is now.
     *
     * @return the memory that it takes until it is closed, bytes
     * @throws IllegalStateException where another image is being made
     * @throws OutOfMemoryError where there is no memory for it; nothing has changed then
     */
    public long begin() {
        return begin(new PageImage(state.usedBytesFromAnyThread()));
    }

    /**
     * As above, in room that was made before, and perhaps copied to ahead; what of it is mapped,
     * nobody waits for.
     *
     * @param room for all that is used; the engine's until the image is handed out
     */
    public long begin(PageImage room) {
        state.beginCut(room);
        cut = state.facts();
        return cut.usedBytes();
    }

    /**
     * Copies the next pages of 4 KiB into the image.
     *
     * @return whether it is complete
     */
    public boolean copySlice(int maxPages) {
        return state.pages().copySlice(maxPages);
    }

    /** Hands out the image, which must be complete. */
    public StateImage end() {
        return new StateImage(cut, state.pages().endCut());
    }

    /** Loads all that an image takes: the first one shall not wait for it. */
    static void rehearse() {
        try (State state = new State(REHEARSAL_BYTES, MemoryAdvice.NONE)) {
            final EngineImages images = new EngineImages(state);
            final PageImage room = new PageImage(state.usedBytesFromAnyThread());
            images.beginAhead(room);
            images.copyAhead(Integer.MAX_VALUE);
            images.begin(room);
            images.copySlice(Integer.MAX_VALUE);
            images.end().close();
        }
    }
}
