package io.laurel.engine.query;

/**
 * A contest whose result stands for good.
 *
 * @param id of the contest or the instance
 * @param sequence command that settled it
 * @param rulesVersion version of its rules
 * @param rulesHash SHA-256 of the canonical rules, 32 bytes
 * @param scoreScale decimals of its scores
 * @param entries ranked on the main board
 * @param boardHash hash of the main board, 32 bytes
 */
public record SettledContest(String id, long sequence, int rulesVersion, byte[] rulesHash,
    int scoreScale, long entries, byte[] boardHash) {
}
