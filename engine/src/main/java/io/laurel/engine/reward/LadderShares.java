package io.laurel.engine.reward;

import io.laurel.engine.rules.ContestDefinition.LadderStep;
import java.util.List;

/** A pool by a table of places (semantics 8.2). */
final class LadderShares {
    private LadderShares() {
    }

    /**
     * Returns the share of each occupied place, place 1 first.
     *
     * @param ladder steps in ascending order of places, disjoint, at most 100 percent in all
     * @param occupied how many places from 1 on have a player
     */
    static long[] of(long poolMinor, List<LadderStep> ladder, int occupied) {
        final long[] shares = new long[occupied];
        long percentE4 = 0;
        long paid = 0;
        for (final LadderStep step : ladder) {
            if (step.prize() != null) {
                continue;
            }
            final long share = Percent.floorOf(poolMinor, step.percentE4());
            for (int place = step.firstRank(); place <= Math.min(step.lastRank(), occupied);
                place++) {
                shares[place - 1] = share;
                paid += share;
                percentE4 += step.percentE4();
            }
        }
        spread(Percent.floorOf(poolMinor, percentE4) - paid, ladder, shares);
        return shares;
    }

    /** Gives what rounding has left over, less than a unit a place, one each from place 1 down. */
    private static void spread(long leftOver, List<LadderStep> ladder, long[] shares) {
        long left = leftOver;
        for (final LadderStep step : ladder) {
            if (step.prize() != null) {
                continue;
            }
            for (int place = step.firstRank();
                left > 0 && place <= Math.min(step.lastRank(), shares.length); place++) {
                shares[place - 1]++;
                left--;
            }
        }
    }
}
