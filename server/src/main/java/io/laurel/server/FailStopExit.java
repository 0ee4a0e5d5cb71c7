package io.laurel.server;

import io.laurel.engine.pipeline.FailureListener;
import io.laurel.engine.pipeline.PipelineFailure;

/**
 * Ends the process at once where the pipeline has failed: nothing is retried, nobody is answered
 * any more. What was acknowledged lies on disk.
 */
public final class FailStopExit implements FailureListener {
    /** Exit code where stopping itself failed. */
    public static final int FAILED = 70;

    @Override
    public void onFailure(PipelineFailure failure) {
        System.err.println("laurel server: " + failure.message());
        System.err.flush();
        Runtime.getRuntime().halt(failure.kind().exitCode());
    }
}
