package io.laurel.engine.port;

/**
 * What goes with the bytes of a state.
 *
 * @param layoutVersion of the bytes
 * @param behaviourVersion which rules of the engine held, as logged
 * @param eventClock whether time comes from events
 * @param hashSeed of Genesis; with overwhelming likelihood it tells one log from another
 * @param sequence of the last command applied
 * @param timeNs its log time
 * @param usedBytes length of the bytes
 * @param regionBytes size of the region they came from; whether the state has room depends on it
 */
public record SnapshotFacts(int layoutVersion, int behaviourVersion, boolean eventClock,
    long hashSeed, long sequence, long timeNs, long usedBytes, long regionBytes) {
}
