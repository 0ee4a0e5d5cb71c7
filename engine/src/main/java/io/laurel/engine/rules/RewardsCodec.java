package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;

/** The rewards inside the canonical form of a contest; see {@link ContestDefinitionCodec}. */
final class RewardsCodec {
    private RewardsCodec() {
    }

    static void write(CanonicalWriter out, Rewards rewards) {
        out.optionalText(rewards.currency());
        out.i64(rewards.poolMinor());
        out.choice(rewards.distribution());
        out.i32(rewards.ladder().size());
        for (final LadderStep step : rewards.ladder()) {
            out.i32(step.firstRank());
            out.i32(step.lastRank());
            out.i64(step.percentE4());
            if (out.present(step.prize())) {
                write(out, step.prize());
            }
        }
        out.i32(rewards.paidRanks());
        out.i64(rewards.capPercentE4());
        out.i32(rewards.prizes().size());
        rewards.prizes().forEach(prize -> write(out, prize));
        out.i32(rewards.maxWinsPerPlayer());
        out.i64(rewards.claimWithinNs());
    }

    static Rewards read(CanonicalReader in) {
        return new Rewards(in.optionalText(), in.i64(0, Long.MAX_VALUE),
            in.choice(Distribution.values()), in.list(() -> step(in)),
            in.i32(0, Integer.MAX_VALUE), in.i64(0, Long.MAX_VALUE), in.list(() -> prize(in)),
            in.i32(0, Integer.MAX_VALUE), in.i64(0, Long.MAX_VALUE));
    }

    static void write(CanonicalWriter out, Prize prize) {
        out.text(prize.kind());
        out.i64(prize.value());
        out.optionalText(prize.currency());
        out.optionalText(prize.game());
        out.optionalText(prize.item());
    }

    static Prize prize(CanonicalReader in) {
        return new Prize(in.text(), in.i64(0, Long.MAX_VALUE), in.optionalText(),
            in.optionalText(), in.optionalText());
    }

    private static LadderStep step(CanonicalReader in) {
        return new LadderStep(in.i32(1, Integer.MAX_VALUE), in.i32(1, Integer.MAX_VALUE),
            in.i64(0, Long.MAX_VALUE), in.bool() ? prize(in) : null);
    }
}
