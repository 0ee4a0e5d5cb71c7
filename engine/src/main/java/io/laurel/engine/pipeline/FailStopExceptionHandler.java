package io.laurel.engine.pipeline;

import com.lmax.disruptor.ExceptionHandler;

/**
 * Stops the pipeline at the first exception of a stage. A batch processor advances past an event
 * when its exception handler returns, and later stages and the producer would take it for done;
 * so this one never returns: it throws, and the processor's thread ends where it stands.
 */
final class FailStopExceptionHandler implements ExceptionHandler<CommandSlot> {
    private final FailStop failStop;
    private final Positions positions;

    FailStopExceptionHandler(FailStop failStop, Positions positions) {
        this.failStop = failStop;
        this.positions = positions;
    }

    @Override
    public void handleEventException(Throwable e, long ringSequence, CommandSlot slot) {
        throw stop(e);
    }

    @Override
    public void handleOnStartException(Throwable e) {
        throw stop(e);
    }

    @Override
    public void handleOnShutdownException(Throwable e) {
        throw stop(e);
    }

    private StageException stop(Throwable e) {
        final StageException failure = e instanceof StageException known ? known
            : new StageException(FailureKind.OTHER, positions.applied.get(), e);
        failStop.fail(failure.kind(), failure.sequence(), failure.getCause());
        return failure;
    }
}
