package io.laurel.engine.pipeline;

/**
 * Why the pipeline stopped.
 *
 * @param kind what went wrong
 * @param sequence JOURNAL: first sequence that may not be in the log; APPLY: the command that
 *     could not be applied; OTHER: the last sequence applied
 * @param cause what was thrown
 */
public record PipelineFailure(FailureKind kind, long sequence, Throwable cause) {
    /** Returns one line for the operator. */
    public String message() {
        return switch (kind) {
            case JOURNAL -> "the journal could not be written at sequence " + sequence + ": "
                + cause;
            case APPLY -> "command " + sequence + " could not be applied: " + cause;
            case OTHER -> "the pipeline failed after sequence " + sequence + ": " + cause;
        };
    }
}
