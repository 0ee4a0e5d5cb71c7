package io.laurel.engine.reference;

import java.math.BigInteger;

/**
 * A closed round: totals of its parts, everything else from the closing event.
 *
 * @param id round.id
 * @param userId player
 * @param ts of the closing event
 * @param market of the closing event
 * @param brand of the closing event
 * @param gameId of the closing event
 * @param provider of the closing event
 * @param gameType of the closing event
 * @param currency of the parts; null where none named one
 * @param betMinor sum of the parts
 * @param winMinor sum of the parts
 * @param multiplierE4 multiplier x 10^4
 * @param durationNs null where unknown
 * @param asn category of the network
 * @param headless a browser without a screen
 */
record Round(String id, String userId, long ts, String market, String brand, String gameId,
    String provider, String gameType, String currency, long betMinor, long winMinor,
    long multiplierE4, Long durationNs, String asn, boolean headless) {

    /** Returns win / bet x 10^4, floored, 0 for no bet, at most 2^63 - 1. */
    static long multiplierE4(long betMinor, long winMinor) {
        if (betMinor == 0) {
            return 0;
        }
        final BigInteger exact = BigInteger.valueOf(winMinor).multiply(BigInteger.valueOf(10_000))
            .divide(BigInteger.valueOf(betMinor));
        return exact.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
