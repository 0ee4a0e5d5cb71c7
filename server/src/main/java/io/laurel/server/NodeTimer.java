package io.laurel.server;

import io.laurel.engine.pipeline.EnginePipeline;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The node's own work by time: ticks, and now and then a look at recurring contests. */
final class NodeTimer implements AutoCloseable {
    private static final long TICK_MS = 50;
    private static final long SCHEDULES_MINUTES = 10;

    private final ScheduledFuture<?> ticks;
    private final ScheduledFuture<?> schedules;

    /**
     * Begins at once.
     *
     * @param wallClockNs wall time, ns since the Unix epoch
     * @param extension looks at recurring contests
     */
    NodeTimer(EventLoop loop, EnginePipeline pipeline, LongSupplier wallClockNs,
        Runnable extension) {
        ticks = loop.scheduleAtFixedRate(() -> pipeline.tickIfDue(wallClockNs.getAsLong()),
            TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        schedules = loop.scheduleWithFixedDelay(extension, 0, SCHEDULES_MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        schedules.cancel(false);
        ticks.cancel(false);
    }
}
