package io.laurel.engine.query;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import java.util.function.Function;

/**
 * A read as one function; the reader keeps its own bookkeeping in a subclass or a map.
 *
 * @param <T> type of the answer
 */
public class Read<T> implements EngineQuery {
    private final Function<EngineReads, T> function;
    private T answer;
    private long sequence;

    /**
     * Wraps the function.
     *
     * @param function runs on the engine's thread; must not keep what it is given
     */
    public Read(Function<EngineReads, T> function) {
        this.function = function;
    }

    @Override
    public void run(Engine engine) {
        answer = function.apply(engine.reads());
        sequence = engine.sequence();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    /** Returns the answer, once run. */
    public T answer() {
        return answer;
    }
}
