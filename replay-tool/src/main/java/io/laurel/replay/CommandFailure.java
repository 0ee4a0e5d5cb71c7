package io.laurel.replay;

/**
 * Ends a command with one line on stderr and an exit code; everything the user needs stands in the
 * message.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * Names what went wrong.
     *
     * @param exitCode how the process ends
     * @param message one line
     */
    public CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Names what went wrong and keeps its cause.
     *
     * @param exitCode how the process ends
     * @param message one line
     * @param cause for the log
     */
    public CommandFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns how the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
