package io.laurel.engine.port;

import io.laurel.engine.memory.PageImage;

/**
 * The whole state at a cut, apart from the engine: any one thread may read it, and must close it.
 *
 * @param facts what goes with the bytes
 * @param pages the bytes
 */
public record StateImage(SnapshotFacts facts, PageImage pages) implements AutoCloseable {
    @Override
    public void close() {
        pages.close();
    }
}
