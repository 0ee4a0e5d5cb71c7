package io.laurel.engine.port;

import java.util.function.LongSupplier;

/** Takes images of the state. Its methods are called on the engine's thread and never block. */
public interface SnapshotSink {
    /** Takes nothing. */
    SnapshotSink NONE = new SnapshotSink() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void take(StateImage image, LongSupplier durableSequence) {
            image.close();
        }

        @Override
        public void failed(long sequence, Throwable cause) {
            throw new IllegalStateException("nothing was ready at " + sequence, cause);
        }
    };

    /** Returns whether an image may be made now: one at a time, since each costs memory. */
    boolean ready();

    /**
     * Takes an image; the sink's from now on, to be closed by it.
     *
     * @param durableSequence last sequence forced to disk, for any thread; what lies behind it may
     *     yet be lost, so the image counts only once its own sequence is reached
     */
    void take(StateImage image, LongSupplier durableSequence);

    /** An image could not be made, for want of memory; the engine goes on without it. */
    void failed(long sequence, Throwable cause);
}
