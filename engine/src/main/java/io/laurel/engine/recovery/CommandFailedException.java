package io.laurel.engine.recovery;

/**
 * A command of the log could not be applied: the state is half changed and must not be used any
 * more. The node stops with exit code 71 and names the sequence.
 */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /** Names the command. */
    public CommandFailedException(long sequence, Throwable cause) {
        super("command " + sequence + " could not be applied: " + cause, cause);
        this.sequence = sequence;
    }

    /** Returns the sequence of the command. */
    public long sequence() {
        return sequence;
    }
}
