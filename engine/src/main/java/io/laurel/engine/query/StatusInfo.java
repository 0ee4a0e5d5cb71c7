package io.laurel.engine.query;

import java.util.List;
import java.util.Map;

/**
 * The engine's own figures.
 *
 * @param sequence last command applied
 * @param timeNs its log time
 * @param eventClock whether time comes from events
 * @param players known
 * @param contests known, instances included
 * @param sessions known
 * @param memoryBytes bytes per store, by name
 * @param memoryLimitBytes size of the state region
 * @param sources counts per sender
 * @param discardedRounds open rounds that were forgotten
 */
public record StatusInfo(long sequence, long timeNs, boolean eventClock, long players,
    long contests, long sessions, Map<String, Long> memoryBytes, long memoryLimitBytes,
    List<Source> sources, long discardedRounds) {
    /** Outcomes of one sender's events, per token of {@link io.laurel.engine.ResultCode}. */
    public record Source(String name, Map<String, Long> outcomes) {
    }
}
