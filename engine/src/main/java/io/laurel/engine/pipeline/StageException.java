package io.laurel.engine.pipeline;

/** A stage failed; says which way and at which sequence of the log. */
final class StageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final long sequence;

    StageException(FailureKind kind, long sequence, Throwable cause) {
        super(cause);
        this.kind = kind;
        this.sequence = sequence;
    }

    FailureKind kind() {
        return kind;
    }

    long sequence() {
        return sequence;
    }
}
