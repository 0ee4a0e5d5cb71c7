package io.laurel.engine.port;

import io.laurel.engine.memory.PageImage;
import java.util.function.LongSupplier;

/** Takes images of the state. Its methods are called on the engine's thread and never block. */
public interface SnapshotSink {
    /** Takes nothing. */
    SnapshotSink NONE = new SnapshotSink() {
        @Override
        public PageImage room(long usedBytes) {
            return null;
        }

        @Override
        public void take(StateImage image, LongSupplier durableSequence) {
            image.close();
        }
    };

    /**
     * Returns room for an image that is begun now, the caller's until it is taken or given back;
     * null = none is to be made. One at a time, since each costs memory, and made ready before the
     * cut is logged.
     *
     * @param usedBytes of the state as it is
     */
    PageImage room(long usedBytes);

    /**
     * As above, for an image whose cut has yet to be logged: it is copied to meanwhile, so that
     * there is less to copy behind the cut. Asked whenever there is time for that.
     */
    default PageImage roomAhead(long usedBytes) {
        return null;
    }

    /** The cut may come: most of the state is copied, or more copying would not help. */
    default void settled() {
        // who gives no room ahead does not wait for this
    }

    /** Takes room back that the state has outgrown before the cut came. */
    default void giveBack(PageImage room) {
        room.close();
    }

    /**
     * Takes an image; the sink's from now on, to be closed by it.
     *
     * @param durableSequence last sequence forced to disk, for any thread; what lies behind it may
     *     yet be lost, so the image counts only once its own sequence is reached
     */
    void take(StateImage image, LongSupplier durableSequence);
}
