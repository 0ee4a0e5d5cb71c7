package io.laurel.gateway.http;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.query.EngineReads;
import io.laurel.gateway.ReplyRouter;
import java.util.function.Function;

/**
 * A read that calls back on the event loop when it is done.
 *
 * @param <T> type of the answer
 */
final class EngineRead<T> implements EngineQuery, ReplyRouter.Completion {
    private final Function<EngineReads, T> function;
    private final Done<T> done;
    private T answer;
    private long sequence;
    private RuntimeException failure;

    /** Takes the answer of a read. */
    @FunctionalInterface
    interface Done<T> {
        /**
         * Runs on the event loop.
         *
         * @param sequence that the answer reflects
         * @param failure null where the read went well
         */
        void accept(T answer, long sequence, RuntimeException failure);
    }

    EngineRead(Function<EngineReads, T> function, Done<T> done) {
        this.function = function;
        this.done = done;
    }

    @Override
    public void run(Engine engine) {
        run(engine.reads(), engine.sequence());
    }

    /** Runs against any reads; an exception is kept for the reader and never meets the engine. */
    void run(EngineReads reads, long at) {
        sequence = at;
        try {
            answer = function.apply(reads);
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void onDone() {
        done.accept(answer, sequence, failure);
    }
}
