package io.laurel.engine.query;

/**
 * Where a session stands.
 *
 * @param sessionId chosen by the client
 * @param sessionVerId its present version
 * @param source number of the sender that opened it
 * @param lastSeqNo last seqNo applied; 0 = none
 */
public record SessionInfo(long sessionId, long sessionVerId, int source, long lastSeqNo) {
}
