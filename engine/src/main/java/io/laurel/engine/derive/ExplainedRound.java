package io.laurel.engine.derive;

/**
 * A closed round, and what it is worth in one contest.
 *
 * @param sequence of the closing event
 * @param eventId of the closing event
 * @param ts of the closing event, ns since the Unix epoch
 * @param roundId of the round
 * @param betMinor sum of the bets
 * @param winMinor sum of the wins
 * @param multiplierE4 multiplier x 10^4
 * @param ruleVersion that looked at it; 0 = the contest was not published yet
 * @param points units of the contest's score scale; 0 where a reason is given
 * @param kept whether the points are part of the score
 * @param reason why it scores nothing; empty = it scored
 */
public record ExplainedRound(long sequence, String eventId, long ts, String roundId, long betMinor,
    long winMinor, long multiplierE4, int ruleVersion, long points, boolean kept, String reason) {
    /** The reason of a round that was rolled back. */
    public static final String VOID = "void";
    /** The reason of a round whose points went when a new version voided the standings. */
    public static final String RESTARTED = "restarted";
}
