package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import io.laurel.gateway.ReplyRouter;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** Reads the state root; it looks at every page, so only a node without traffic asks for it. */
final class RootQuery implements EngineQuery, ReplyRouter.Completion {
    private final CompletableFuture<RootQuery> done = new CompletableFuture<>();
    private long sequence;
    private String root;

    @Override
    public void run(Engine engine) {
        sequence = engine.sequence();
        root = HexFormat.of().formatHex(engine.stateRoot());
    }

    @Override
    public long sequence() {
        return sequence;
    }

    /** Returns the state root in hex. */
    String root() {
        return root;
    }

    CompletableFuture<RootQuery> done() {
        return done;
    }

    @Override
    public void onDone() {
        done.complete(this);
    }
}
