package io.laurel.engine.pipeline;

import io.laurel.engine.Engine;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.SnapshotSink;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes images of the state between batches. Where the sink has room for one, the engine's thread
 * copies whenever no command waits, until little is missing; then the cut is logged, a {@code
 * TakeSnapshot}. Behind it what is missing is copied, a little of it behind batches, so that an
 * image comes to its end where commands always wait. Engine stage only.
 */
final class SnapshotStage {
    private enum Phase {
        NONE, AHEAD, SETTLED, CUT
    }

    private final Engine engine;
    private final SnapshotSink sink;
    private final LongSupplier durable;
    private final ImageSlice slice = new ImageSlice();
    private Phase phase = Phase.NONE;
    /** That is copied to ahead of the cut. */
    private PageImage ahead;
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
    SnapshotStage(Engine engine, SnapshotSink sink, Positions positions) {
        this.engine = engine;
        this.sink = engine == null ? SnapshotSink.NONE : sink;
        durable = positions.durable::get;
    }

    /** A TakeSnapshot was applied: this is where the log says that the cut is. */
    void begin() {
        if (engine == null || phase == Phase.CUT) {
            return;
        }
        final PageImage room = roomOfCut();
        if (room != null) {
            imageBytes = engine.images().begin(room);
            phase = Phase.CUT;
            batchStartNs = System.nanoTime();
        }
    }

    private PageImage roomOfCut() {
        if (phase == Phase.NONE) {
            return sink.room(engine.usedBytes());
        }
        final PageImage room = ahead;
        ahead = null;
        if (room.roomBytes() < engine.usedBytes()) {
            phase = Phase.NONE;
            sink.giveBack(engine.images().dropAhead());
            return null;
        }
        return room;
    }

    /** A batch begins; what the image is owed depends on how long it lasts. */
    void batchBegins() {
        if (phase == Phase.CUT) {
            batchStartNs = System.nanoTime();
        }
    }

    /** A batch is done, and the next one may wait: copies what is owed to the image. */
    void batchEnds() {
        if (phase != Phase.CUT || !slice.isDueBehind(System.nanoTime() - batchStartNs)) {
            return;
        }
        final long startCpuNs = SchedulingPoint.pass();
        final long startNs = System.nanoTime();
        final boolean complete = slice.copyDue(engine, startNs);
        tookUntilNow(startNs, startCpuNs);
        if (complete) {
            end();
        }
    }

    /**
     * No command waits: copies a step, or does nothing.
     *
     * @return whether there is more to copy
     */
    boolean idle() {
        if (phase == Phase.NONE) {
            ahead = engine == null ? null : sink.roomAhead(engine.usedBytes());
            if (ahead == null) {
                return false;
            }
            engine.images().beginAhead(ahead);
            phase = Phase.AHEAD;
        } else if (phase == Phase.SETTLED) {
            return false;
        }
        final long startCpuNs = SchedulingPoint.pass();
        final long startNs = System.nanoTime();
        final boolean done = phase == Phase.CUT ? slice.copyIdle(engine)
            : ImageSlice.copyAhead(engine);
        tookUntilNow(startNs, startCpuNs);
        if (done && phase == Phase.CUT) {
            end();
        } else if (done) {
            phase = Phase.SETTLED;
            sink.settled();
        }
        return !done;
    }

    private void tookUntilNow(long startNs, long startCpuNs) {
        longestSliceNs = Math.max(longestSliceNs, System.nanoTime() - startNs);
        longestSliceCpuNs = Math.max(longestSliceCpuNs, SchedulingPoint.pass() - startCpuNs);
    }

    private void end() {
        phase = Phase.NONE;
        sink.take(engine.images().end(), durable);
        // behind the handing over, so that who sees it counted finds the sink at work
        images = images + 1;
        imageBytes = 0;
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
