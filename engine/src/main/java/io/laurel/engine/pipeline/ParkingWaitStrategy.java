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
    /** Some 25 microseconds; what has not come by then is not about to. */
    private static final int PATIENT_YIELDS = 60;

    private final Object monitor = new Object();
    // read-modify-write on both sides: a signal costs one atomic exchange while nobody sleeps, and
    // the full fence in it makes a missed wake-up impossible
    private final AtomicBoolean signalNeeded = new AtomicBoolean();
    private final int spins;
    private final int yields;
    private final int patience;
    private HandOver handOver;
    private int waited;

    ParkingWaitStrategy(int spins, int yields) {
        this.spins = spins;
        this.yields = yields;
        patience = spins + PATIENT_YIELDS;
    }

    /** Names who is told how the waiting goes; before the one thread that waits is started. */
    void tell(HandOver whom) {
        handOver = whom;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent,
        SequenceBarrier barrier) throws AlertException, InterruptedException {
        if (handOver != null) {
            beginWaiting(dependent.get() >= sequence);
        }
        for (int i = 0; i < spins + yields; i++) {
            final long available = dependent.get();
            if (available >= sequence) {
                waited = i;
                return available;
            }
            barrier.checkAlert();
            if (i < spins) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            if (i == patience && handOver != null) {
                handOver.overdue();
            }
        }
        waited = Integer.MAX_VALUE;
        if (handOver != null) {
            handOver.overdue();
        }
        return sleepFor(sequence, dependent, barrier);
    }

    private void beginWaiting(boolean moreIsThere) {
        // what was left behind the batch before: the event loop had looked too early, or not at
        // all, since what it published since then was not a command
        handOver.overdue();
        if (moreIsThere || waited > patience) {
            handOver.now();
        } else {
            handOver.withNextTurn();
        }
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
