package io.laurel.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Where a stage waits for its next command, with something else to do meanwhile: a step of that,
 * then a look at whether a command has come. Only where neither is left does it wait as others do.
 */
final class IdleBarrier implements SequenceBarrier {
    private final SequenceBarrier barrier;
    private final BooleanSupplier step;

    /**
     * Wraps a barrier.
     *
     * @param step does a little on the stage's thread; returns whether there is more to do
     */
    IdleBarrier(SequenceBarrier barrier, BooleanSupplier step) {
        this.barrier = barrier;
        this.step = step;
    }

    @Override
    public long waitFor(long sequence)
        throws AlertException, InterruptedException, TimeoutException {
        if (barrier.getCursor() < sequence) {
            workUntil(sequence);
        }
        return barrier.waitFor(sequence);
    }

    private void workUntil(long sequence) throws AlertException {
        while (step.getAsBoolean()) {
            barrier.checkAlert();
            if (barrier.getCursor() >= sequence) {
                return;
            }
            // whoever else wants the core has something to do that is waited for
            Thread.yield();
        }
    }

    @Override
    public long getCursor() {
        return barrier.getCursor();
    }

    @Override
    public boolean isAlerted() {
        return barrier.isAlerted();
    }

    @Override
    public void alert() {
        barrier.alert();
    }

    @Override
    public void clearAlert() {
        barrier.clearAlert();
    }

    @Override
    public void checkAlert() throws AlertException {
        barrier.checkAlert();
    }
}
