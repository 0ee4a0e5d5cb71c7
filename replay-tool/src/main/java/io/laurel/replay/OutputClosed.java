package io.laurel.replay;

/** Nobody reads the output any more: the command ends, quietly and well. */
public final class OutputClosed extends CommandFailure {
    private static final long serialVersionUID = 1L;

    /** Keeps the cause. */
    public OutputClosed(Exception cause) {
        super(ExitCode.DONE, "the output was closed", cause);
    }
}
