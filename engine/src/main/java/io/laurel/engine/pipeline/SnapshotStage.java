package io.laurel.engine.pipeline;

import io.laurel.engine.Engine;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.SnapshotSink;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes images of the state between batches: one is begun behind a {@code TakeSnapshot}, then each
 * batch is followed by a slice of copying until the image is complete. Where no commands come, it
 * has the event loop send an empty slot, so that there is a next batch. Engine stage only.
 */
final class SnapshotStage {
    private final Engine engine;
    private final SnapshotSink sink;
    private final Positions positions;
    private final Executor eventLoop;
    private final LongSupplier durable;
    private Runnable nudge;
    private boolean active;
    private boolean nudged;
    private long batchStartNs;
    private volatile long imageBytes;
    private volatile long images;
    private volatile long longestSliceNs;
    private volatile long longestSliceCpuNs;

    /**
     * Begins with no image.
     *
     * @param engine null = no images are made
     */
    SnapshotStage(Engine engine, SnapshotSink sink, Positions positions, Executor eventLoop) {
        this.engine = engine;
        this.sink = sink;
        this.positions = positions;
        this.eventLoop = eventLoop;
        durable = positions.durable::get;
    }

    /** Names what sends the empty slot; it runs on the event loop. */
    void nudgeBy(Runnable nudge) {
        this.nudge = nudge;
    }

    /** A TakeSnapshot was applied: this is where the log says that the cut is. */
    void begin() {
        if (engine == null || active) {
            return;
        }
        final PageImage room = sink.room(engine.usedBytes());
        if (room != null) {
            imageBytes = engine.beginImage(room);
            active = true;
            batchStartNs = System.nanoTime();
        }
    }

    /** The empty slot has come. */
    void heard() {
        nudged = false;
    }

    /** A batch begins; what a slice may take depends on how long it lasts. */
    void batchBegins() {
        if (active) {
            batchStartNs = System.nanoTime();
        }
    }

    /** A batch is done: goes on with the image, where one is being made. */
    void slice() {
        if (!active) {
            return;
        }
        final long startCpuNs = SchedulingPoint.pass();
        final long startNs = System.nanoTime();
        final boolean complete = ImageSlice.copy(engine, startNs, startNs - batchStartNs);
        longestSliceNs = Math.max(longestSliceNs, System.nanoTime() - startNs);
        longestSliceCpuNs = Math.max(longestSliceCpuNs, SchedulingPoint.pass() - startCpuNs);
        if (complete) {
            active = false;
            sink.take(engine.endImage(), durable);
            // behind the handing over, so that who sees it counted finds the sink at work
            images = images + 1;
            imageBytes = 0;
        } else if (!nudged) {
            nudged = true;
            try {
                eventLoop.execute(nudge);
            } catch (RejectedExecutionException e) {
                throw new StageException(FailureKind.OTHER, positions.applied.get(), e);
            }
        }
    }

    /** Returns the memory of the image that is being made, 0 where none is; any thread. */
    long imageBytes() {
        return imageBytes;
    }

    /** Returns how many images were made; any thread. */
    long images() {
        return images;
    }

    /** Returns the longest pause that a slice has cost, microseconds; any thread. */
    long longestSliceMicros() {
        return TimeUnit.NANOSECONDS.toMicros(longestSliceNs);
    }

    /**
     * Returns the longest that the thread itself has worked on a slice, microseconds: what a pause
     * has taken beyond that, the core was taken from it; any thread.
     */
    long longestSliceCpuMicros() {
        return TimeUnit.NANOSECONDS.toMicros(longestSliceCpuNs);
    }
}
