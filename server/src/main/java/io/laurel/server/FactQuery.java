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
    private long sequence;

    FactQuery(FactPages.Place place, int rows) {
        this.place = place;
        this.rows = rows;
    }

    @Override
    public void run(Engine engine) {
        page = FactPages.read(engine, place, rows);
        sequence = engine.sequence();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void onDone() {
        done.complete(page);
    }

    CompletableFuture<FactPages.Page> done() {
        return done;
    }
}
