package io.laurel.engine.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The switch that silences the pipeline: the first failure counts, is reported once, and is never
 * taken back.
 */
final class FailStop {
    private final AtomicReference<PipelineFailure> first = new AtomicReference<>();
    private final FailureListener listener;
    private volatile Runnable onFailure = () -> { };

    FailStop(FailureListener listener) {
        this.listener = listener;
    }

    /** Names what halts the stages; must not wait for them. */
    void onFailure(Runnable halt) {
        onFailure = halt;
    }

    void fail(FailureKind kind, long sequence, Throwable cause) {
        final PipelineFailure failure = new PipelineFailure(kind, sequence, cause);
        if (first.compareAndSet(null, failure)) {
            onFailure.run();
            listener.onFailure(failure);
        }
    }

    boolean failed() {
        return first.get() != null;
    }

    /** Returns the failure, or null where there is none. */
    PipelineFailure failure() {
        return first.get();
    }
}
