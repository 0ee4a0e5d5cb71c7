package io.laurel.gateway.http;

import io.laurel.engine.port.EngineGate;
import io.laurel.gateway.ReplyRouter;

/**
 * What the listeners need of the rest of the node.
 *
 * @param gate to the engine
 * @param router where replies arrive; the server registers itself as {@link ReplyRouter#HTTP}
 * @param keys who may do what
 * @param documents turns what operators write into canonical bytes
 * @param figures what the node knows beside the engine
 * @param explanations works out where scores come from
 */
public record HttpServices(EngineGate gate, ReplyRouter router, RequestKeys keys,
    DocumentParser documents, NodeFigures figures,
    Explanations explanations) {
}
