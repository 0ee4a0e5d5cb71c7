package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Window;
import java.util.List;
import java.util.Map;

/**
 * A mission's rules, complete and resolved (semantics 9). Conventions as in {@link
 * ContestDefinition}.
 *
 * @param id 1 to 64 characters of [a-z0-9_.-]
 * @param name text per language, sorted by language; may be empty
 * @param window when rounds count; null = always
 * @param scope which rounds and players belong
 * @param optIn whether a player must enter first
 * @param sequential whether only the first unfinished step moves
 * @param currency of its amounts and rewards; null = none
 * @param repeat null = once
 * @param steps at least one, with distinct ids
 * @param completionReward null = none
 */
public record MissionDefinition(String id, Map<String, String> name, Window window, Scope scope,
    boolean optIn, boolean sequential, String currency, Repeat repeat, List<Step> steps,
    Reward completionReward) {

    /**
     * How a mission starts afresh.
     *
     * @param every calendar period; null = on completion
     * @param zone of the period, IANA; null on completion
     * @param max instances on completion, 0 = any number; 0 with a period
     */
    public record Repeat(Period every, String zone, int max) {
    }

    /** Calendar periods; a week starts on Monday. */
    public enum Period {
        DAY, WEEK, MONTH
    }

    /** A step; its reward is null where only completion pays. */
    public record Step(String id, Goal goal, Reward reward) {
    }

    /** A prize with the time to claim it, 0 = never expires. */
    public record Reward(Prize prize, long claimWithinNs) {
    }

    /** What a step asks for. */
    public enum GoalType {
        SPIN_COUNT, WIN_MULTIPLIER, WIN_AMOUNT, SINGLE_WIN, BET_AMOUNT, DISTINCT_PROVIDERS,
        DISTINCT_GAMES, POINTS, ACTIVE_DAYS
    }

    /**
     * A goal with its filters.
     *
     * @param type of goal
     * @param target count, minor units or, for POINTS, millionths of a point
     * @param minMultiplierE4 for WIN_MULTIPLIER, 4 decimals
     * @param contest for POINTS; else null
     * @param consecutive for ACTIVE_DAYS
     * @param gameType only this type; null = all
     * @param providers ids or prefixes ending in *; empty = all
     * @param games ids or prefixes ending in *; empty = all
     * @param minBetMinor 0 = no limit
     * @param currency only this one; resolved for amounts; null = all
     */
    public record Goal(GoalType type, long target, long minMultiplierE4, String contest,
        boolean consecutive, String gameType, List<String> providers, List<String> games,
        long minBetMinor, String currency) {
    }
}
