package io.laurel.replay;

import io.laurel.engine.Engine;

/** Looks on while a log is replayed. */
@FunctionalInterface
public interface LogObserver {
    /**
     * The replay begins.
     *
     * @param engine fresh, or as the snapshot left it from which the replay begins
     */
    default void onBegin(Engine engine) {
        // most want to see commands only
    }

    /**
     * A command was applied.
     *
     * @param command what and with which outcome; holds for the time of the call
     * @param engine as the command left it, to be asked and never changed
     */
    void onApplied(LoggedCommand command, Engine engine);
}
