package io.laurel.engine.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The orderly end of a pipeline that lets nothing in any more. */
final class Shutdown {
    /** What a node has for it. */
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NS = 100_000;

    private final EnginePipeline pipeline;
    private final Executor eventLoop;
    private final List<BatchEventProcessor<CommandSlot>> processors;
    private final List<Thread> threads;
    private final long deadlineNanoTime;

    Shutdown(EnginePipeline pipeline, Executor eventLoop,
        List<BatchEventProcessor<CommandSlot>> processors, List<Thread> threads,
        long limitNs) {
        this.pipeline = pipeline;
        this.eventLoop = eventLoop;
        this.processors = processors;
        this.threads = threads;
        deadlineNanoTime = System.nanoTime() + limitNs;
    }

    void run() {
        // whoever was inside tryPublish when the door was shut is out of it after this
        boolean done = onEventLoop(() -> { }, true);
        done &= drainRing();
        processors.forEach(BatchEventProcessor::halt);
        pipeline.forceHandler.finish();
        done &= join();
        done &= onEventLoop(this::handOut, false);
        done &= pipeline.publisher.unanswered() == 0;
        if (!done && !pipeline.failStop.failed()) {
            throw new IllegalStateException("the pipeline did not come to its end: ring "
                + pipeline.ring.getCursor() + ", handled "
                + pipeline.ring.getMinimumGatingSequence() + ", appended "
                + pipeline.positions.appended.get() + ", durable "
                + pipeline.positions.durable.get());
        }
    }

    private boolean drainRing() {
        while (pipeline.ring.getMinimumGatingSequence() < pipeline.ring.getCursor()) {
            if (pipeline.failStop.failed() || leftNs() <= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return true;
    }

    private void handOut() {
        long before;
        do {
            before = pipeline.publisher.unanswered();
            pipeline.egress.run();
        } while (pipeline.publisher.unanswered() < before);
    }

    /** Runs a task on the event loop and waits for it; says itself what a dead loop means. */
    private boolean onEventLoop(Runnable task, boolean whenRejected) {
        final CountDownLatch done = new CountDownLatch(1);
        try {
            eventLoop.execute(() -> {
                task.run();
                done.countDown();
            });
            return done.await(leftNs(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return whenRejected;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean join() {
        boolean all = true;
        for (final Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, leftNs()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            all &= !thread.isAlive();
        }
        return all;
    }

    private long leftNs() {
        return deadlineNanoTime - System.nanoTime();
    }
}
