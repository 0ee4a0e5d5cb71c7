package io.laurel.gateway.tcp;

import io.laurel.protocol.wire.RejectCode;
import io.laurel.protocol.wire.TerminateCode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counters of the session layer. Event loop only. */
public final class SessionMetrics {
    long connections;
    long openConnections;
    long liveSessions;
    long events;
    long refusedEvents;
    long repeatedEvents;
    long discardedEvents;
    long outcomes;
    long acks;
    long resendRequests;
    long stalls;
    long badFrames;
    private final long[] rejects = new long[RejectCode.values().length];
    private final long[] terminations = new long[TerminateCode.values().length];

    SessionMetrics() {
    }

    void onReject(RejectCode code) {
        rejects[code.ordinal()]++;
    }

    void onTerminate(TerminateCode code) {
        terminations[code.ordinal()]++;
    }

    /** Returns the counters as they stand. */
    public Snapshot snapshot() {
        final Map<String, Long> rejected = new TreeMap<>();
        for (final RejectCode code : RejectCode.values()) {
            put(rejected, code.name(), rejects[code.ordinal()]);
        }
        final Map<String, Long> terminated = new TreeMap<>();
        for (final TerminateCode code : TerminateCode.values()) {
            put(terminated, code.name(), terminations[code.ordinal()]);
        }
        return new Snapshot(connections, openConnections, liveSessions, events, refusedEvents,
            repeatedEvents, discardedEvents, outcomes, acks, resendRequests, stalls, badFrames,
            Collections.unmodifiableMap(rejected), Collections.unmodifiableMap(terminated));
    }

    private static void put(Map<String, Long> to, String name, long count) {
        if (count > 0) {
            to.put(name, count);
        }
    }

    /**
     * The counters at one moment; all but two only grow.
     *
     * @param connections taken so far
     * @param openConnections open now
     * @param liveSessions established now
     * @param events published, whatever became of them
     * @param refusedEvents of these, refused here: invalid, forbidden or unsupported
     * @param repeatedEvents that came again with a seqNo already taken
     * @param discardedEvents that came behind a gap
     * @param outcomes sent
     * @param acks sent
     * @param resendRequests sent
     * @param stalls how often a connection was left unread for want of room
     * @param badFrames connections closed over their framing
     * @param rejects logons refused, by code
     * @param terminations sent, by code
     */
    public record Snapshot(long connections, long openConnections, long liveSessions, long events,
        long refusedEvents, long repeatedEvents, long discardedEvents, long outcomes, long acks,
        long resendRequests, long stalls, long badFrames, Map<String, Long> rejects,
        Map<String, Long> terminations) {
    }
}
