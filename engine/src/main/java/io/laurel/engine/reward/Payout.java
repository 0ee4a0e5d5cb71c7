package io.laurel.engine.reward;

import java.util.List;

/**
 * What a board pays in all.
 *
 * @param awards by place, ascending, at most one a place; a prize of zero makes none
 * @param currency of the pool; null without a pool
 * @param poolMinor the pool, minor units
 * @param usedMinor sum of the shares, minor units; never more than the pool
 */
public record Payout(List<Award> awards, String currency, long poolMinor, long usedMinor) {
    /** Returns what goes back to the budget, minor units. */
    public long returnedMinor() {
        return poolMinor - usedMinor;
    }
}
