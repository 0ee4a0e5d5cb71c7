package io.laurel.engine.pipeline;

/** Is told once when the pipeline fails; ends the process. */
@FunctionalInterface
public interface FailureListener {
    /** Runs on the thread that failed, after the pipeline has fallen silent; need not return. */
    void onFailure(PipelineFailure failure);
}
