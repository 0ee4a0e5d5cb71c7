package io.laurel.gateway.client;

/**
 * Figures of a client at one moment.
 *
 * @param offered last seqNo given to the client
 * @param sent frames of events written, repetitions included
 * @param acked last seqNo acknowledged at the client's ack level
 * @param durable last seqNo known to be on disk
 * @param applied last seqNo known to be applied
 * @param lastSequence greatest position in the log that the node has named for an event of the
 *     session; once it has finished, that of the last event; 0 = none yet
 * @param outcomes events that were not plainly accepted
 * @param resends how often the node asked to go back
 * @param reconnects how often the connection was made again
 * @param regressions how often the node had lost what it had acknowledged
 */
public record ClientStats(long offered, long sent, long acked, long durable, long applied,
    long lastSequence, long outcomes, long resends, long reconnects, long regressions) {
}
