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
    /**
     * Spins for some microseconds, yields for some more, a hundred where nobody waits for the disk,
     * then sleeps until it is woken.
     */
    BACKOFF,
    /** Sleeps at once until it is woken. */
    BLOCK;

    private static final int SPINS = 200;
    private static final int YIELDS = 20;
    /** Some 100 microseconds, from one small write of a sender to the next. */
    private static final int LONG_YIELDS = 250;

    /**
     * Returns it. What waits for the disk anyway gains nothing by waking up sooner, and there a
     * busy core only holds up those who bring word from the disk.
     */
    WaitStrategy strategy(AckMode ack) {
        return switch (this) {
            case SPIN -> new BusySpinWaitStrategy();
            case YIELD -> new YieldingWaitStrategy();
            case BACKOFF -> new ParkingWaitStrategy(SPINS,
                ack == AckMode.ACCEPTED ? LONG_YIELDS : YIELDS);
            case BLOCK -> new ParkingWaitStrategy(0, 0);
        };
    }
}
