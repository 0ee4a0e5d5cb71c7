package io.laurel.replay.simulate;

import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.reward.Award;
import io.laurel.gateway.json.Decimals;
import io.laurel.replay.LogTimes;
import io.laurel.replay.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Results as tables. */
final class SimulationText {
    private final PrintWriter out;

    private SimulationText(PrintWriter out) {
        this.out = out;
    }

    /** Prints results, contest by contest. */
    static void print(long sequence, long timeNs, List<Comparison> comparisons,
        PrintWriter out) {
        out.println("sequence " + sequence + "  " + LogTimes.text(timeNs));
        final SimulationText text = new SimulationText(out);
        comparisons.forEach(text::comparison);
    }

    private void comparison(Comparison comparison) {
        out.println();
        out.println(comparison.contest() + ", compared to " + comparison.base());
        overview(comparison);
        final boolean prizes = comparison.outcomes().stream()
            .anyMatch(outcome -> outcome.run().info().definition().rewards() != null);
        if (prizes) {
            out.println();
            payouts(comparison);
        }
        comparison.outcomes().forEach(this::standings);
    }

    private void overview(Comparison comparison) {
        final TextTable table = new TextTable("run", "status", ">entries", ">players",
            ">scored", ">unscored", ">stayed in top", ">places changed", "bets");
        for (final Outcome outcome : comparison.outcomes()) {
            final ContestInfo info = outcome.run().info();
            table.row(outcome.run().name(), info.frozen() ? "frozen" : info.state().token(),
                outcome.figure("entries"), outcome.figure("players"),
                outcome.figure("rounds_scored"), outcome.figure("rounds_unscored"),
                outcome.figure("top_stayed"), outcome.figure("places_changed"),
                Money.text(outcome.run().tally().bets()));
        }
        table.lines().forEach(out::println);
        for (final Outcome outcome : comparison.outcomes()) {
            if (!outcome.run().tally().unscored().isEmpty()) {
                out.println(outcome.run().name() + " did not score: "
                    + outcome.run().tally().unscored().entrySet().stream()
                        .map(reason -> reason.getKey().token() + " " + reason.getValue())
                        .collect(Collectors.joining(", ")));
            }
        }
    }

    private void payouts(Comparison comparison) {
        final TextTable table = new TextTable("run", ">pool", ">paid", ">returned", ">winners",
            ">gained", ">lost", ">prizes / bets", "prizes by place");
        for (final Outcome outcome : comparison.outcomes()) {
            table.row(outcome.run().name(), outcome.figure("pool_minor"),
                outcome.figure("paid_minor"), outcome.figure("returned_minor"),
                outcome.figure("winners"), outcome.figure("winners_gained"),
                outcome.figure("winners_lost"), outcome.figure("return_ratio"),
                prizes(outcome.run()));
        }
        table.lines().forEach(out::println);
    }

    /** The first few of them: who wants all of them asks for JSON. */
    private static String prizes(Run run) {
        if (run.byLot()) {
            return run.prizes().size() + " by lot";
        }
        final List<Prizes.Group> groups = Prizes.groups(run);
        final String first = groups.stream().limit(4)
            .map(group -> group.places() + ": " + Prizes.text(group.prize()))
            .collect(Collectors.joining(", "));
        return groups.size() > 4 ? first + ", ..." : first;
    }

    private void standings(Outcome outcome) {
        final List<BoardRow> top = outcome.change().top();
        out.println();
        out.println(outcome.run().name() + ": "
            + outcome.run().info().definition().scoring().formulaText());
        final boolean compared = outcome.change().compared();
        final TextTable table = compared
            ? new TextTable(">pos", ">before", "user", ">score", ">multiplier", ">rounds", "prize")
            : new TextTable(">pos", "user", ">score", ">multiplier", ">rounds", "prize");
        for (final BoardRow row : top) {
            final Award award = outcome.run().winners().get(row.user());
            final String score = Decimals.score(row.score(),
                outcome.run().info().definition().scoring().scoreScale());
            final String multiplier = Decimals.multiplier(row.multiplierE4());
            final String prize = award == null ? "" : Prizes.text(award.prize());
            if (compared) {
                final Long before = outcome.change().before().get(row.user());
                table.row(row.position(), before == null ? "new" : before, row.user(), score,
                    multiplier, row.rounds(), prize);
            } else {
                table.row(row.position(), row.user(), score, multiplier, row.rounds(), prize);
            }
        }
        table.lines().forEach(out::println);
        if (compared && outcome.change().sameBoard()) {
            out.println("the same board, to the last entry");
        }
    }
}
