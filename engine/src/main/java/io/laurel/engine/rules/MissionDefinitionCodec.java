package io.laurel.engine.rules;

import io.laurel.engine.rules.MissionDefinition.Goal;
import io.laurel.engine.rules.MissionDefinition.GoalType;
import io.laurel.engine.rules.MissionDefinition.Period;
import io.laurel.engine.rules.MissionDefinition.Repeat;
import io.laurel.engine.rules.MissionDefinition.Reward;
import io.laurel.engine.rules.MissionDefinition.Step;
import org.agrona.DirectBuffer;

/**
 * The canonical form of a mission. Version 1, with the primitives and conventions of {@link
 * ContestDefinitionCodec}: u16 version, then the components of {@link MissionDefinition} and of the
 * records inside it in their written order. A byte of 0 or 1 stands before what may be null:
 * window, currency, repeat, repeat.every, repeat.zone, rewards, and in a goal contest, gameType and
 * currency.
 */
public final class MissionDefinitionCodec {
    private static final int VERSION = 1;

    private MissionDefinitionCodec() {
    }

    /** Returns the canonical form. */
    public static byte[] encode(MissionDefinition mission) {
        final CanonicalWriter out = new CanonicalWriter();
        out.u16(VERSION);
        out.text(mission.id());
        out.map(mission.name(), out::text);
        if (out.present(mission.window())) {
            ContestDefinitionCodec.write(out, mission.window());
        }
        ContestDefinitionCodec.write(out, mission.scope());
        out.bool(mission.optIn());
        out.bool(mission.sequential());
        out.optionalText(mission.currency());
        if (out.present(mission.repeat())) {
            write(out, mission.repeat());
        }
        out.i32(mission.steps().size());
        for (final Step step : mission.steps()) {
            out.text(step.id());
            write(out, step.goal());
            write(out, step.reward());
        }
        write(out, mission.completionReward());
        return out.toBytes();
    }

    /**
     * Reads a canonical form.
     *
     * @throws IllegalArgumentException where the bytes are not one, whatever they are
     */
    public static MissionDefinition decode(DirectBuffer buffer, int offset, int length) {
        final CanonicalReader in = new CanonicalReader(buffer, offset, length);
        in.version(VERSION);
        final MissionDefinition mission = new MissionDefinition(in.text(),
            in.map(CanonicalReader::text), in.bool() ? ContestDefinitionCodec.window(in) : null,
            ContestDefinitionCodec.scope(in), in.bool(), in.bool(), in.optionalText(),
            in.bool() ? repeat(in) : null,
            in.list(() -> new Step(in.text(), goal(in), reward(in))), reward(in));
        in.end();
        return mission;
    }

    private static void write(CanonicalWriter out, Repeat repeat) {
        if (out.present(repeat.every())) {
            out.choice(repeat.every());
        }
        out.optionalText(repeat.zone());
        out.i32(repeat.max());
    }

    private static Repeat repeat(CanonicalReader in) {
        return new Repeat(in.bool() ? in.choice(Period.values()) : null, in.optionalText(),
            in.i32(0, Integer.MAX_VALUE));
    }

    private static void write(CanonicalWriter out, Goal goal) {
        out.choice(goal.type());
        out.i64(goal.target());
        out.i64(goal.minMultiplierE4());
        out.optionalText(goal.contest());
        out.bool(goal.consecutive());
        out.optionalText(goal.gameType());
        out.texts(goal.providers());
        out.texts(goal.games());
        out.i64(goal.minBetMinor());
        out.optionalText(goal.currency());
    }

    private static Goal goal(CanonicalReader in) {
        return new Goal(in.choice(GoalType.values()), in.i64(0, Long.MAX_VALUE),
            in.i64(0, Long.MAX_VALUE), in.optionalText(), in.bool(), in.optionalText(), in.texts(),
            in.texts(), in.i64(0, Long.MAX_VALUE), in.optionalText());
    }

    private static void write(CanonicalWriter out, Reward reward) {
        if (out.present(reward)) {
            RewardsCodec.write(out, reward.prize());
            out.i64(reward.claimWithinNs());
        }
    }

    private static Reward reward(CanonicalReader in) {
        return in.bool() ? new Reward(RewardsCodec.prize(in), in.i64(0, Long.MAX_VALUE)) : null;
    }
}
