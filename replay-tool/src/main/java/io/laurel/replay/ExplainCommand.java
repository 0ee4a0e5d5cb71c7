package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.derive.ExplainedRound;
import io.laurel.engine.derive.Explanation;
import io.laurel.gateway.json.Decimals;
import io.laurel.replay.explain.ExplanationJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Traces every point of a score to its round, and says why other rounds scored nothing. */
@Command(name = "explain",
    description = "Trace a score to its rounds, event by event, from the log alone.")
final class ExplainCommand implements Callable<Integer>, LogObserver {
    @Parameters(index = "0", paramLabel = "CONTEST", description = "Id of the contest.")
    private String contest;

    @Parameters(index = "1", paramLabel = "USER",
        description = "Id of the player; of the provider or game where these are ranked.")
    private String user;

    @Mixin
    private DataOptions options;

    @Option(names = "--at", paramLabel = "SEQ|TS",
        description = "Last sequence or time that counts (default: the end).")
    private String at;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private Explanation explanation;

    @Override
    public Integer call() {
        // every round counts from the first on, so no snapshot will do
        final LogPass pass = LogPass.over(options.data()).to(DataOptions.point(at))
            .observedBy(this);
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            KnownContests.check(log.engine(), contest);
            final Explanation.Result explained = explanation.result();
            final PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(new String(ExplanationJson.bytes(explained, false),
                    StandardCharsets.UTF_8));
            } else {
                print(explained, out);
            }
            if (explained.rounds().isEmpty()) {
                spec.commandLine().getErr().println("note: the log holds no closed round of '"
                    + user + "' that " + contest + " looked at");
                spec.commandLine().getErr().flush();
            }
            out.flush();
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCode.FOUND, e.getMessage(), e);
        }
        return ExitCode.DONE.code();
    }

    @Override
    public void onApplied(LoggedCommand command, Engine engine) {
        // the first command closes no round, so nothing is missed
        if (explanation == null) {
            explanation = new Explanation(contest, user, engine);
            engine.setTrail(explanation);
        }
    }

    private static void print(Explanation.Result explained, PrintWriter out) {
        final int scale = explained.scoreScale();
        out.println(explained.contest() + "  " + explained.entity() + "  score="
            + Decimals.score(explained.score(), scale)
            + (explained.rebuilding() ? "  rebuilding" : "") + "  sequence="
            + explained.sequence());
        final TextTable table = new TextTable(">sequence", "ts", "event_id", ">bet", ">win",
            ">multiplier", ">version", ">points", "kept", "reason");
        for (final ExplainedRound round : explained.rounds()) {
            table.row(round.sequence(), LogTimes.text(round.ts()), round.eventId(),
                round.betMinor(), round.winMinor(), Decimals.multiplier(round.multiplierE4()),
                round.ruleVersion() == 0 ? "" : round.ruleVersion(),
                Decimals.score(round.points(), scale), round.kept() ? "yes" : "no",
                round.reason());
        }
        table.lines().forEach(out::println);
    }
}
