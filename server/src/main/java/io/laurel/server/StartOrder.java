package io.laurel.server;

/**
 * What whoever starts a node says beside its configuration.
 *
 * @param skip sequence of a command to be passed, 0 = none
 * @param actor who; logged with what the start changes
 * @param reason why; logged with it
 */
public record StartOrder(long skip, String actor, String reason) {
    /** Nothing. */
    public static final StartOrder NONE = new StartOrder(0, "", "");
}
