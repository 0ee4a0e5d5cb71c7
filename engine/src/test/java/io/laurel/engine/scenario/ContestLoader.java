package io.laurel.engine.scenario;

import io.laurel.engine.rules.ContestDefinition;

/** Reads a contest from a document. */
@FunctionalInterface
public interface ContestLoader {
    /**
     * Reads it.
     *
     * @param yaml one document
     * @param nowNs ns since the Unix epoch; from it schedules are resolved
     */
    ContestDefinition load(String yaml, long nowNs);
}
