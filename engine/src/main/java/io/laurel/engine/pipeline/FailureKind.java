package io.laurel.engine.pipeline;

/** What went wrong in the pipeline. */
public enum FailureKind {
    /** The journal could not be written or forced. */
    JOURNAL(70),
    /** A command could not be applied. */
    APPLY(71),
    /** Something else: a read or the taking of replies threw. */
    OTHER(70);

    private final int exitCode;

    FailureKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Returns the exit code that the process ends with (interfaces 7). */
    public int exitCode() {
        return exitCode;
    }
}
