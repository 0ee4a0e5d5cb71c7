package io.laurel.engine.port;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop whose thread is the test itself: tasks wait until it asks for them. Handing a task
 * over allocates nothing.
 */
public final class ManualEventLoop implements Executor {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final ArrayBlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(1024);
    private volatile boolean dead;

    @Override
    public void execute(Runnable task) {
        if (dead || !tasks.offer(task)) {
            throw new RejectedExecutionException("event loop is gone or full");
        }
    }

    /** Takes no tasks any more. */
    public void die() {
        dead = true;
    }

    /** Runs what waits now. Returns how many tasks that were. */
    public int runAll() {
        int count = 0;
        Runnable task = tasks.poll();
        while (task != null) {
            task.run();
            count++;
            task = tasks.poll();
        }
        return count;
    }

    /** Runs tasks until a condition holds. */
    public void runUntil(BooleanSupplier condition, String what) {
        final long deadline = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen in time: " + what);
            }
            try {
                final Runnable task = tasks.poll(200, TimeUnit.MICROSECONDS);
                if (task != null) {
                    task.run();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
