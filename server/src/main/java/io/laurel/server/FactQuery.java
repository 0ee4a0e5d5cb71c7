package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import io.laurel.gateway.ReplyRouter;
import io.laurel.replay.proof.FactPages;
import java.util.concurrent.CompletableFuture;

/** Reads a page of facts. */
final class FactQuery implements EngineQuery, ReplyRouter.Completion {
    private final CompletableFuture<FactPages.Page> done = new CompletableFuture<>();
    private final FactPages.Place place;
    private final int rows;
    private FactPages.Page page;
    private RuntimeException failure;
    private long sequence;

    FactQuery(FactPages.Place place, int rows) {
        this.place = place;
        this.rows = rows;
    }

    @Override
    public void run(Engine engine) {
        sequence = engine.sequence();
        try {
            page = FactPages.read(engine, place, rows);
        } catch (RuntimeException e) {
            // such as a place that this log does not know: no reason for the engine to stop
            failure = e;
        }
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void onDone() {
        if (failure == null) {
            done.complete(page);
        } else {
            done.completeExceptionally(failure);
        }
    }

    CompletableFuture<FactPages.Page> done() {
        return done;
    }
}
