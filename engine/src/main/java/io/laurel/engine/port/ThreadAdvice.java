package io.laurel.engine.port;

/**
 * Says of the calling thread how much others are to be preferred to it. That changes how fast
 * things are, never what they are; a system that knows no such thing ignores it.
 */
@FunctionalInterface
public interface ThreadAdvice {
    /** Prefers nobody. */
    ThreadAdvice NONE = () -> { };

    /** From now on, others go first. */
    void background();
}
