package io.laurel.engine.reference;

/**
 * Logged limits.
 *
 * @param maxLatenessNs how late an event may come
 * @param maxSkewNs how early an event may come
 * @param maxContests limit of contests, instances included
 */
public record Limits(long maxLatenessNs, long maxSkewNs, long maxContests) {
    /** Returns H: how far back things are remembered. */
    long horizonNs() {
        return maxLatenessNs + maxSkewNs;
    }
}
