package io.laurel.engine.port;

import java.io.IOException;

/** Gives a state back that a {@link SnapshotSink} took. */
public interface SnapshotSource {
    /** Takes the bytes of a state. */
    @FunctionalInterface
    interface Target {
        /** Takes the bytes from a place on; perhaps from several threads at once. */
        void put(long at, byte[] source, int offset, int length);
    }

    /** Returns what goes with the bytes. */
    SnapshotFacts facts();

    /**
     * Hands all bytes over, once each, from place 0 to {@link SnapshotFacts#usedBytes()}.
     *
     * @throws IOException where they cannot be read or believed; what was handed over is void then
     */
    void read(Target target) throws IOException;
}
