package io.laurel.replay.simulate;

import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.reward.Award;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.replay.LogTimes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as one JSON object; its shape stands in docs/what-if.md. */
final class SimulationJson {
    private final JsonWriter json = new JsonWriter();
    private final int top;

    private SimulationJson(int top) {
        this.top = top;
    }

    /**
     * Writes results.
     *
     * @param sequence last command that they reflect
     * @param timeNs of that command
     * @param top most players that a list names
     */
    static String of(long sequence, long timeNs, List<Comparison> comparisons,
        List<Expectation.Result> expectations, int top) {
        final SimulationJson out = new SimulationJson(top);
        out.json.object().field("sequence", sequence).field("time", LogTimes.text(timeNs))
            .array("contests");
        comparisons.forEach(out::comparison);
        out.json.endArray();
        if (!expectations.isEmpty()) {
            out.json.array("expectations");
            expectations.forEach(result -> out.json.object()
                .field("expect", result.expectation().text()).field("run", result.run())
                .field("met", result.met()).endObject());
            out.json.endArray();
        }
        return new String(out.json.endObject().bytes(), StandardCharsets.UTF_8);
    }

    private void comparison(Comparison comparison) {
        json.object().field("contest", comparison.contest())
            .field("compared_to", comparison.base()).array("runs");
        comparison.outcomes().forEach(this::outcome);
        json.endArray().endObject();
    }

    private void outcome(Outcome outcome) {
        final Run run = outcome.run();
        final ContestInfo info = run.info();
        json.object().field("name", run.name()).field("status", info.state().token())
            .field("frozen", info.frozen()).field("start", LogTimes.text(info.startNs()))
            .field("end", LogTimes.text(info.endNs()))
            .field("type", info.definition().board().type().name().toLowerCase(Locale.ROOT))
            .field("formula", info.definition().scoring().formulaText()).object("figures");
        outcome.figures().forEach((name, value) -> json.decimal(name, value.toPlainString()));
        json.endObject().object("unscored");
        run.tally().unscored().forEach((reason, count) -> json.field(reason.token(), count));
        json.endObject();
        amounts("bets", run.tally().bets());
        amounts("cost", Money.cost(run));
        prizes(run);
        json.array("top");
        outcome.change().top().forEach(row -> row(outcome, row));
        json.endArray();
        if (outcome.change().compared()) {
            json.field("same_board", outcome.change().sameBoard());
            users("entered", outcome.change().entered());
            users("left", outcome.change().left());
            users("winners_gained", outcome.change().winnersGained());
            users("winners_lost", outcome.change().winnersLost());
        }
        json.endObject();
    }

    private void amounts(String name, Map<String, BigInteger> amounts) {
        json.array(name);
        amounts.forEach((currency, amount) -> json.object().field("currency", currency)
            .decimal("amount_minor", amount.toString()).endObject());
        json.endArray();
    }

    private void prizes(Run run) {
        json.field("by_lot", run.byLot()).array("prizes");
        if (run.byLot()) {
            for (final Prize prize : run.prizes()) {
                Prizes.json(json.object(), prize).endObject();
            }
        }
        for (final Prizes.Group group : Prizes.groups(run)) {
            Prizes.json(json.object().field("places", group.places()), group.prize())
                .endObject();
        }
        json.endArray();
    }

    private void row(Outcome outcome, BoardRow row) {
        final int scale = outcome.run().info().definition().scoring().scoreScale();
        json.object().field("pos", row.position()).field("user", row.user())
            .decimal("score", Decimals.score(row.score(), scale))
            .decimal("multiplier", Decimals.multiplier(row.multiplierE4()))
            .field("rounds", row.rounds());
        if (outcome.change().compared()) {
            final Long before = outcome.change().before().get(row.user());
            if (before == null) {
                json.nothing("before");
            } else {
                json.field("before", before);
            }
        }
        final Award award = outcome.run().winners().get(row.user());
        if (award != null) {
            Prizes.json(json.object("prize"), award.prize()).endObject();
        }
        json.endObject();
    }

    private void users(String name, Collection<String> users) {
        json.strings(name, users.stream().limit(top).toList());
    }
}
