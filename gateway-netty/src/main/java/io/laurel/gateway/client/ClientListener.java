package io.laurel.gateway.client;

import io.laurel.protocol.wire.OutcomeCode;

/** Hears what becomes of events; called on the client's own thread, which it must not hold up. */
public interface ClientListener {
    /** Hears nothing. */
    ClientListener NONE = new ClientListener() {
    };

    /**
     * An event was not plainly accepted; told once per event.
     *
     * @param seqNo of the event
     * @param sequence position in the log: of the original where the event came before, else of
     *     this one
     */
    default void onOutcome(long seqNo, OutcomeCode code, long sequence) {
        // most callers only count
    }

    /**
     * Events were acknowledged at the client's ack level.
     *
     * @param fromSeqNo first of them
     * @param toSeqNo last of them
     * @param nanoTime {@link System#nanoTime()} when the acknowledgement was read
     */
    default void onAck(long fromSeqNo, long toSeqNo, long nanoTime) {
        // for measurements
    }

    /** The connection was made again; the session goes on. */
    default void onReconnect() {
        // the session does not change
    }

    /**
     * SERVER_REGRESSED: the node has lost what it had acknowledged; the client sends it again.
     *
     * @param ackedSeqNo last one that had been acknowledged
     * @param serverSeqNo last one that the node still has
     */
    default void onRegressed(long ackedSeqNo, long serverSeqNo) {
        // counted in any case
    }
}
