package io.laurel.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Spins a little, yields a little, then sleeps until signalled; never spins without bound. The
 * Disruptor's own blocking strategies sleep only for the producer and spin for a stage that comes
 * before; this one sleeps for both, so a stage that others wait for must signal when it is through
 * with a batch (see {@link JournalHandler}).
 */
final class ParkingWaitStrategy implements WaitStrategy {
    private final Object monitor = new Object();
    // read-modify-write on both sides: a signal costs one atomic exchange while nobody sleeps, and
    // the full fence in it makes a missed wake-up impossible
    private final AtomicBoolean signalNeeded = new AtomicBoolean();
    private final int spins;
    private final int yields;

    ParkingWaitStrategy(int spins, int yields) {
        this.spins = spins;
        this.yields = yields;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent,
        SequenceBarrier barrier) throws AlertException, InterruptedException {
        for (int i = 0; i < spins + yields; i++) {
            final long available = dependent.get();
            if (available >= sequence) {
                return available;
            }
            barrier.checkAlert();
            if (i < spins) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return sleepFor(sequence, dependent, barrier);
    }

    private long sleepFor(long sequence, Sequence dependent, SequenceBarrier barrier)
        throws AlertException, InterruptedException {
        synchronized (monitor) {
            while (true) {
                signalNeeded.getAndSet(true);
                final long available = dependent.get();
                if (available >= sequence) {
                    return available;
                }
                barrier.checkAlert();
                monitor.wait();
            }
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        if (signalNeeded.getAndSet(false)) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }
}
