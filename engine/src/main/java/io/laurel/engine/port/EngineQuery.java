package io.laurel.engine.port;

import io.laurel.engine.Engine;

/**
 * A read: made by the gateway, run once by the engine's thread between two batches, handed back
 * with its answer inside. It must not change state and must end in bounded time.
 */
public interface EngineQuery {
    /** Copies what is wanted out of the engine. */
    void run(Engine engine);

    /** Returns the sequence that the answer reflects, once run. */
    long sequence();
}
