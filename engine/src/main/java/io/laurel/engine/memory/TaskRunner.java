package io.laurel.engine.memory;

import java.util.function.IntConsumer;

/** Runs tasks that do not depend on each other; what comes of them does not depend on how. */
@FunctionalInterface
public interface TaskRunner {
    /** One after the other, on the thread of the caller. */
    TaskRunner IN_TURN = (count, task) -> {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    };

    /**
     * Runs all of them, and returns when they are done.
     *
     * @param count of the tasks
     * @param task takes the numbers from 0 on, each of them once, perhaps several at a time
     */
    void run(int count, IntConsumer task);
}
