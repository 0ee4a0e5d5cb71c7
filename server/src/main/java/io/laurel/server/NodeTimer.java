package io.laurel.server;

import io.laurel.engine.pipeline.EnginePipeline;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The node's own work by time: ticks, snapshots, and now and then a look at recurring contests. */
final class NodeTimer implements AutoCloseable {
    private static final long TICK_MS = 50;
    private static final long SCHEDULES_MINUTES = 10;

    private final ScheduledFuture<?> ticks;
    private final ScheduledFuture<?> schedules;
    private final ScheduledFuture<?> snapshots;

    /**
     * Begins at once.
     *
     * @param wallClockNs wall time, ns since the Unix epoch
     * @param extension looks at recurring contests
     * @param snapshots takes a snapshot where there is something new
     * @param everyNs how often
     */
    NodeTimer(EventLoop loop, EnginePipeline pipeline, LongSupplier wallClockNs,
        Runnable extension, Runnable snapshots, long everyNs) {
        ticks = loop.scheduleAtFixedRate(() -> pipeline.tickIfDue(wallClockNs.getAsLong()),
            TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        schedules = loop.scheduleWithFixedDelay(extension, 0, SCHEDULES_MINUTES, TimeUnit.MINUTES);
        this.snapshots =
            loop.scheduleWithFixedDelay(snapshots, everyNs, everyNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        snapshots.cancel(false);
        schedules.cancel(false);
        ticks.cancel(false);
    }
}
