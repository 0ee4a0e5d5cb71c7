package io.laurel.server.send;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.client.ClientStats;
import java.util.Map;
import java.util.TreeMap;

/** Counts of what was not plainly accepted; any thread. */
final class Outcomes {
    private final Map<String, Long> counts = new TreeMap<>();
    private long unsent;
    private long told;

    synchronized void add(String code) {
        counts.merge(code, 1L, Long::sum);
        told++;
    }

    synchronized void addUnsent(String code) {
        counts.merge(code, 1L, Long::sum);
        unsent++;
    }

    synchronized SendReport report(ClientStats stats) {
        final Map<String, Long> refused = new TreeMap<>(counts);
        final Long duplicates = refused.remove(ResultCode.DUPLICATE.token());
        return new SendReport(stats.offered() + unsent, stats.acked() - told,
            duplicates == null ? 0 : duplicates, refused, stats.lastSequence(),
            stats.offered() - stats.acked());
    }
}
