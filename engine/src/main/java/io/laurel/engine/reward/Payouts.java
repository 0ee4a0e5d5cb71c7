package io.laurel.engine.reward;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import java.util.ArrayList;
import java.util.List;

/**
 * The prizes of a board by place. A ticket draw pays by lot and is not of this kind.
 */
public final class Payouts {
    private Payouts() {
    }

    /**
     * Returns how many places can win: as many scores as there are, up to that number, decide
     * everything. 0 where the rules pay no place: without rewards, with a draw, and on a board of
     * providers or games.
     */
    public static int paidPlaces(ContestDefinition contest) {
        final Rewards rewards = contest.rewards();
        if (rewards == null || contest.board().entity() != Entity.PLAYER) {
            return 0;
        }
        return switch (rewards.distribution()) {
            case LADDER -> rewards.ladder().get(rewards.ladder().size() - 1).lastRank();
            case PROPORTIONAL -> rewards.paidRanks();
            case TICKET_DRAW -> 0;
        };
    }

    /**
     * Computes the prizes of a board. Work and memory grow with {@link #paidPlaces} or the number
     * of scores, whichever is less.
     *
     * @param scores of the main board in rank order, one per occupied place, units of the score;
     *     those beyond the paid places may be left out
     * @throws IllegalArgumentException where the scores are not in rank order, or the rules are a
     *     draw
     */
    public static Payout of(ContestDefinition contest, long[] scores) {
        final Rewards rewards = contest.rewards();
        if (rewards == null) {
            return new Payout(List.of(), null, 0, 0);
        }
        if (rewards.distribution() == Distribution.TICKET_DRAW) {
            throw new IllegalArgumentException("a draw does not pay by place");
        }
        checkOrder(scores);
        final int occupied = Math.min(scores.length, paidPlaces(contest));
        final long[] shares = rewards.distribution() == Distribution.LADDER
            ? LadderShares.of(rewards.poolMinor(), rewards.ladder(), occupied)
            : ProportionalShares.of(rewards.poolMinor(), rewards.capPercentE4(), scores, occupied);
        return payout(rewards, shares);
    }

    private static void checkOrder(long[] scores) {
        for (int index = 1; index < scores.length; index++) {
            if (scores[index] > scores[index - 1]) {
                throw new IllegalArgumentException("the score of place " + (index + 1)
                    + " is above that of the place before");
            }
        }
    }

    private static Payout payout(Rewards rewards, long[] shares) {
        final List<Award> awards = new ArrayList<>();
        long usedMinor = 0;
        int step = 0;
        for (int place = 1; place <= shares.length; place++) {
            final long share = shares[place - 1];
            if (share > 0) {
                usedMinor += share;
                awards.add(new Award(place,
                    new Prize("cash", share, rewards.currency(), null, null), true));
                continue;
            }
            while (step < rewards.ladder().size()
                && rewards.ladder().get(step).lastRank() < place) {
                step++;
            }
            final Prize other = step < rewards.ladder().size()
                ? otherPrize(rewards.ladder().get(step), place) : null;
            if (other != null) {
                awards.add(new Award(place, other, false));
            }
        }
        return new Payout(List.copyOf(awards), rewards.currency(), rewards.poolMinor(), usedMinor);
    }

    private static Prize otherPrize(LadderStep step, int place) {
        return step.firstRank() <= place ? step.prize() : null;
    }
}
