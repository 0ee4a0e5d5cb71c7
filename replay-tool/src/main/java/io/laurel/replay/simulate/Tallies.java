package io.laurel.replay.simulate;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.port.RoundTrail;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Counts what becomes of rounds in some contests of one engine. */
final class Tallies implements RoundTrail {
    private final Map<String, Tally> byContest = new HashMap<>();
    private ClosedRound round;

    /** Begins with nothing counted; contests that are not named are passed over. */
    Tallies(Collection<String> contests) {
        contests.forEach(contest -> byContest.put(contest, new Tally()));
    }

    /** Returns what was counted for a contest that was named. */
    Tally of(String contest) {
        return byContest.get(contest);
    }

    @Override
    public void onClosed(long sequence, ClosedRound closed) {
        round = closed;
    }

    @Override
    public void onScored(String contest, int epoch, int ruleVersion, long points,
        DirectBuffer partition, int partitionLength) {
        final Tally tally = byContest.get(contest);
        if (tally != null) {
            tally.scored(round, epoch);
        }
    }

    @Override
    public void onNotScored(String contest, int ruleVersion, ResultCode reason) {
        final Tally tally = byContest.get(contest);
        // rounds that are not of this contest at all were not looked at (semantics 1.2)
        if (tally != null && reason != ResultCode.OUTSIDE_WINDOW
            && reason != ResultCode.OUT_OF_SCOPE) {
            tally.unscored(reason);
        }
    }
}
