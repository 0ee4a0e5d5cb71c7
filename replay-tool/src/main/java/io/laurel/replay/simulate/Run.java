package io.laurel.replay.simulate;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.reward.Award;
import io.laurel.engine.reward.Payout;
import io.laurel.engine.reward.Payouts;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Prize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a contest came to under some rules.
 *
 * @param name of the candidate, or {@link #ORIGINAL}
 * @param contest its id in the engine that holds it
 * @param reads of that engine
 * @param info as the engine has it
 * @param tally who took part
 * @param payout as if the board were final as it stands; of a draw nothing is placed
 * @param winners prizes by the id of the player, in rank order
 */
record Run(String name, String contest, EngineReads reads, ContestInfo info, Tally tally,
    Payout payout, Map<String, Award> winners) {
    /** Name of what really happened. */
    static final String ORIGINAL = "original";

    private static final Payout NOTHING = new Payout(List.of(), null, 0, 0);

    /** Reads what an engine came to; null where it has no board of that contest. */
    static Run of(String name, String contest, EngineReads reads, Tally tally) {
        final ContestInfo info = reads.contest(contest);
        if (info == null || info.definition().schedule() != null) {
            return null;
        }
        final ContestDefinition rules = info.definition();
        final List<String> users = new ArrayList<>();
        long[] scores = new long[16];
        final int places = Payouts.paidPlaces(rules);
        for (final Rows rows = new Rows(reads, contest);
            users.size() < places && rows.hasNext();) {
            final BoardRow row = rows.next();
            if (users.size() == scores.length) {
                scores = Arrays.copyOf(scores, 2 * scores.length);
            }
            scores[users.size()] = row.score();
            users.add(row.user());
        }
        final Payout payout = info.state() == ContestState.CANCELLED || isDraw(rules) ? NOTHING
            : Payouts.of(rules, Arrays.copyOf(scores, users.size()));
        final Map<String, Award> winners = new LinkedHashMap<>();
        payout.awards().forEach(award -> winners.put(users.get(award.place() - 1), award));
        return new Run(name, contest, reads, info, tally, payout, winners);
    }

    private static boolean isDraw(ContestDefinition rules) {
        return rules.rewards() != null
            && rules.rewards().distribution() == Distribution.TICKET_DRAW;
    }

    /** Returns whether prizes go by lot: they are known, their winners are not. */
    boolean byLot() {
        return isDraw(info.definition());
    }

    /** Returns every prize that is given, one by one. */
    List<Prize> prizes() {
        if (info.state() == ContestState.CANCELLED) {
            return List.of();
        }
        return byLot() ? info.definition().rewards().prizes()
            : payout.awards().stream().map(Award::prize).toList();
    }
}
