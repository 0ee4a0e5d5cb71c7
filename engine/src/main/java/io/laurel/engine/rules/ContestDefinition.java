package io.laurel.engine.rules;

import java.util.List;
import java.util.Map;

/**
 * A contest's rules, complete and resolved: defaults filled in, wall times turned into instants,
 * lists sorted where their order means nothing. Times are ns since the Unix epoch, UTC; durations
 * are ns. This is what the canonical form in the log holds, and what its hash covers.
 *
 * @param id 1 to 64 characters of [a-z0-9_.-]
 * @param name text per language, sorted by language; may be empty
 * @param window when rounds count; null where there is a schedule
 * @param schedule recurrence; null where there is a window
 * @param scope which rounds and players belong
 * @param optIn whether a player must enter first
 * @param scoring how a round becomes points
 * @param board how points become a rank
 * @param antiAbuse what does not count
 * @param rewards what is to be won; null = nothing
 * @param fxTable id of the pinned table of exchange rates; null = none
 * @param lateGraceNs how long after the end late rounds are taken
 * @param appealNs how long a provisional board may be disputed
 * @param restart whether a changed version of a live contest voids the standings
 */
public record ContestDefinition(String id, Map<String, String> name, Window window,
    Schedule schedule, Scope scope, boolean optIn, Scoring scoring, Board board,
    AntiAbuse antiAbuse, Rewards rewards, String fxTable, long lateGraceNs, long appealNs,
    boolean restart) {

    /**
     * Returns what its author wrote: without what was worked out from the time of publication, so
     * that a document gives the same rules whenever it is published. This is what the rules hash
     * covers.
     */
    public ContestDefinition asWritten() {
        return schedule == null ? this : new ContestDefinition(id, name, window,
            new Schedule(schedule.rrule, schedule.durationNs, schedule.zone,
                schedule.fromGiven ? schedule.fromNs : 0, schedule.fromGiven, schedule.untilNs,
                List.of()), scope, optIn, scoring, board, antiAbuse, rewards, fxTable,
            lateGraceNs, appealNs, restart);
    }

    /** A span of event time, end exclusive, with the time zone it was written in. */
    public record Window(long startNs, long endNs, String zone) {
    }

    /**
     * A recurrence with its instants.
     *
     * @param rrule as written
     * @param durationNs length of each instance
     * @param zone IANA time zone
     * @param fromNs no start before
     * @param fromGiven whether the document says so; else it is the first start after publication
     * @param untilNs no start at or after; Long.MAX_VALUE = open
     * @param starts resolved starts, ascending; more may follow by ExtendSchedule
     */
    public record Schedule(String rrule, long durationNs, String zone, long fromNs,
        boolean fromGiven, long untilNs, List<Long> starts) {
    }

    /**
     * Which rounds and players belong; an empty list means everything. An entry that ends in *
     * is a prefix.
     */
    public record Scope(List<String> brands, List<String> markets, List<String> providers,
        List<String> games, List<String> gameTypes, List<String> currencies,
        List<String> segmentsAny, List<String> segmentsNone) {
    }

    /**
     * How a round becomes points.
     *
     * @param formulaText as written
     * @param formula parsed
     * @param scoreScale decimals of the score, 0 to 6
     * @param floorAtZero whether negative points become 0
     * @param minBet lowest bet that counts
     * @param eligibleGames ids, or prefixes ending in *; empty = all
     * @param gameWeights factor per game id, sorted by id
     * @param providerWeights factor per provider, sorted by id; a game's factor goes before
     */
    public record Scoring(String formulaText, Expression formula, int scoreScale,
        boolean floorAtZero, MinBet minBet, List<String> eligibleGames,
        Map<String, Double> gameWeights, Map<String, Double> providerWeights) {
    }

    /**
     * Lowest bet in minor units: the same for all currencies, or one each; then a currency that is
     * absent is not eligible. Neither: no limit.
     *
     * @param any for all currencies, 0 = no limit
     * @param byCurrency null = one for all; else sorted by currency
     */
    public record MinBet(long any, Map<String, Long> byCurrency) {
    }

    /**
     * How points become a rank.
     *
     * @param type of the board
     * @param n rounds that are kept, 0 where the type keeps no list
     * @param tieBreakers in order; user_id always comes last by itself
     * @param entity who stands on the board
     * @param partitionBy boards beside the main one
     * @param betBandsMinor ascending bounds for BET_BAND
     * @param ratingPeriodNs for GLICKO2, else 0
     */
    public record Board(BoardType type, int n, List<TieBreaker> tieBreakers, Entity entity,
        PartitionBy partitionBy, List<Long> betBandsMinor, long ratingPeriodNs) {
    }

    /** Types of board (semantics 6.2). */
    public enum BoardType {
        TOTAL, BEST_N_ROUNDS, MAX_ROUND, MAX_MULTIPLIER, FIRST_N_ROUNDS, ELO, GLICKO2
    }

    /** Tie-breaks (semantics 6.3). */
    public enum TieBreaker {
        HIGHEST_SINGLE_MULTIPLIER, FEWEST_ROUNDS, EARLIEST_FINISH_TS
    }

    /** Who stands on a board. */
    public enum Entity {
        PLAYER, PROVIDER, GAME
    }

    /** What a board is split by. */
    public enum PartitionBy {
        NONE, MARKET, BRAND, PROVIDER, GAME, CURRENCY, BET_BAND
    }

    /**
     * What does not count (semantics 7).
     *
     * @param minRoundDurationNs 0 = no limit
     * @param rateIntervalNs T of the rate limit, 0 = none
     * @param rateBurst b of the rate limit, from 1 on
     * @param excludedAsnCategories lower-case names, sorted
     * @param excludeHeadless whether headless devices are out
     * @param periodicity null = not looked at
     */
    public record AntiAbuse(long minRoundDurationNs, long rateIntervalNs, int rateBurst,
        List<String> excludedAsnCategories, boolean excludeHeadless, Periodicity periodicity) {
    }

    /** Too regular a player: fewer than {@code minRounds} gaps are not judged. */
    public record Periodicity(int minRounds, double maxCv, boolean freeze) {
    }

    /**
     * What is to be won (semantics 8), as written; percents have 4 decimals at most.
     *
     * @param currency of the pool; null without a pool
     * @param poolMinor minor units
     * @param distribution how the pool is shared
     * @param ladder places in ascending order, disjoint
     * @param paidRanks for PROPORTIONAL
     * @param capPercentE4 for PROPORTIONAL, percent x 10^4; 0 = none
     * @param prizes for TICKET_DRAW, in the order of drawing
     * @param maxWinsPerPlayer for TICKET_DRAW
     * @param claimWithinNs 0 = never expires
     */
    public record Rewards(String currency, long poolMinor, Distribution distribution,
        List<LadderStep> ladder, int paidRanks, long capPercentE4, List<Prize> prizes,
        int maxWinsPerPlayer, long claimWithinNs) {
    }

    /** How a pool is shared. */
    public enum Distribution {
        LADDER, PROPORTIONAL, TICKET_DRAW
    }

    /** Places of a ladder: each gets a percentage (x 10^4) of the pool, or another prize. */
    public record LadderStep(int firstRank, int lastRank, long percentE4, Prize prize) {
    }

    /** A prize that is not a share; amounts in minor units or pieces. */
    public record Prize(String kind, long value, String currency, String game, String item) {
    }
}
