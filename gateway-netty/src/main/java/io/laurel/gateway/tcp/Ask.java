package io.laurel.gateway.tcp;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.query.EngineReads;
import io.laurel.gateway.ReplyRouter;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/** A read of the engine that hands its answer, and the sequence it reflects, to a callback. */
final class Ask<T> implements EngineQuery, ReplyRouter.Completion {
    private final Function<EngineReads, T> question;
    private final ObjLongConsumer<T> then;
    private T answer;
    private long sequence;

    Ask(Function<EngineReads, T> question, ObjLongConsumer<T> then) {
        this.question = question;
        this.then = then;
    }

    @Override
    public void run(Engine engine) {
        runOn(engine.reads(), engine.sequence());
    }

    void runOn(EngineReads reads, long atSequence) {
        answer = question.apply(reads);
        sequence = atSequence;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void onDone() {
        then.accept(answer, sequence);
    }
}
