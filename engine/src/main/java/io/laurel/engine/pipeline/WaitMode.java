package io.laurel.engine.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** How a stage waits for work. */
public enum WaitMode {
    /** Never gives the core away; only with more idle cores than stages. */
    SPIN,
    /** Spins, and gives the core away to whoever wants it. */
    YIELD,
    /** Spins for some microseconds, yields a few times, then sleeps until it is woken. */
    BACKOFF,
    /** Sleeps at once until it is woken. */
    BLOCK;

    private static final int SPINS = 200;
    private static final int YIELDS = 20;

    WaitStrategy strategy() {
        return switch (this) {
            case SPIN -> new BusySpinWaitStrategy();
            case YIELD -> new YieldingWaitStrategy();
            case BACKOFF -> new ParkingWaitStrategy(SPINS, YIELDS);
            case BLOCK -> new ParkingWaitStrategy(0, 0);
        };
    }
}
