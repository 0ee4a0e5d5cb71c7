package io.laurel.replay.explain;

import io.laurel.engine.derive.ExplainedRound;
import io.laurel.engine.derive.Explanation;
import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.replay.LogTimes;

/** An explanation as JSON (interfaces 2). */
public final class ExplanationJson {
    private ExplanationJson() {
    }

    /**
     * Returns the JSON in UTF-8.
     *
     * @param withSequence whether to name the last command that it reflects
     */
    public static byte[] bytes(Explanation.Result explained, boolean withSequence) {
        final JsonWriter json = new JsonWriter().object().field("contest", explained.contest())
            .field("user", explained.entity());
        if (withSequence) {
            json.field("sequence", explained.sequence());
        }
        json.decimal("score", Decimals.score(explained.score(), explained.scoreScale()));
        if (explained.rebuilding()) {
            json.field("rebuilding", true);
        }
        json.array("rounds");
        for (final ExplainedRound round : explained.rounds()) {
            json.object().field("sequence", round.sequence()).field("event_id", round.eventId())
                .field("ts", LogTimes.text(round.ts())).field("bet_minor", round.betMinor())
                .field("win_minor", round.winMinor())
                .decimal("multiplier", Decimals.multiplier(round.multiplierE4()));
            if (round.ruleVersion() == 0) {
                json.nothing("rule_version");
            } else {
                json.field("rule_version", round.ruleVersion());
            }
            json.decimal("points", Decimals.score(round.points(), explained.scoreScale()))
                .field("kept", round.kept()).fieldIfAny("reason", round.reason()).endObject();
        }
        return json.endArray().endObject().bytes();
    }
}
