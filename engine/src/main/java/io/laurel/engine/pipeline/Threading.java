package io.laurel.engine.pipeline;

/** How the stages are laid out on threads. */
public enum Threading {
    /** Journal and engine on one thread: right below four cores. */
    SHARED,
    /** Journal and engine each on a thread of its own. */
    DEDICATED
}
