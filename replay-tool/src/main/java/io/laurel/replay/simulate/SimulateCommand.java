package io.laurel.replay.simulate;

import io.laurel.engine.query.BoardRequest;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.DataOptions;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogPass;
import io.laurel.replay.LogPoint;
import io.laurel.replay.ProgressLine;
import io.laurel.replay.ReplayedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs other rules over a real journal, and compares. */
@Command(name = "simulate",
    description = {"Run other rules over the rounds of a journal, and compare with what happened.",
        "Nothing in the directory changes; a node may be running on it."},
    footer = {"",
        "Each contest in the files is a candidate, named after its file. One whose id the log"
            + " knows takes the place of that contest, from its publication on; another one is"
            + " there before its window begins. Tables of rates in the files hold instead of the"
            + " log's.", "",
        "Figures that --expect knows: entries, players, rounds_scored, rounds_unscored,"
            + " pool_minor, paid_minor, returned_minor, return_ratio, winners, winners_gained,"
            + " winners_lost, top_stayed, top_entered, places_changed. Where one is not as"
            + " expected the exit code is 1."})
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private DataOptions options;

    @Option(names = "--with", paramLabel = "FILE", required = true, arity = "1..*",
        description = "Documents, YAML or JSON: contests, and tables of rates.")
    private List<Path> files;

    @Option(names = "--as", paramLabel = "CONTEST",
        description = "The contest, or instance of a recurring one, that all candidates stand"
            + " for, whatever their ids.")
    private String target;

    @Option(names = "--to", paramLabel = "SEQ|TS",
        description = "Last sequence or time that counts (default: the end).")
    private String to;

    @Option(names = "--top", paramLabel = "K", defaultValue = "10",
        description = "First places shown and compared, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--expect", paramLabel = "[NAME:]FIGURE<=VALUE",
        description = "What must hold of each candidate, or of one; with <=, >=, <, > or =."
            + " May be given several times.")
    private List<String> expect = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (top < 1 || top > BoardRequest.MAX_ROWS) {
            throw new CommandFailure(ExitCode.USAGE, "--top goes from 1 to "
                + BoardRequest.MAX_ROWS);
        }
        final List<Expectation> expectations =
            expect.stream().map(Expectation::parse).toList();
        final LogPoint end = DataOptions.point(to);
        final CandidateFiles candidates = CandidateFiles.read(files, target);
        final List<String> names =
            candidates.candidates().stream().map(Candidate::name).toList();
        expectations.forEach(expectation -> expectation.check(names));
        final LoggedContests logged = logged(end);
        if (target != null) {
            logged.check(target);
        }
        try (Simulation simulation = new Simulation(options.data(), candidates, logged);
             ReplayedLog log = options.run(
                 LogPass.over(options.data()).to(end).observedBy(simulation::follow),
                 spec.commandLine().getErr())) {
            return report(log, simulation.compare(log.engine(), top), expectations);
        }
    }

    private LoggedContests logged(LogPoint end) {
        try (ProgressLine progress = new ProgressLine()) {
            return LoggedContests.of(LogPass.journalOf(options.data()), end, progress);
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.ofReading(e);
        }
    }

    private int report(ReplayedLog log, List<Comparison> comparisons,
        List<Expectation> expectations) {
        final List<Expectation.Result> results = expectations.stream()
            .flatMap(expectation -> expectation.judge(comparisons).stream()).toList();
        final long sequence = log.engine().sequence();
        final long timeNs = log.engine().timeNs();
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(SimulationJson.of(sequence, timeNs, comparisons, results, top));
        } else {
            SimulationText.print(sequence, timeNs, comparisons, out);
        }
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        boolean met = true;
        for (final Expectation.Result result : results) {
            if (!result.met()) {
                met = false;
                err.println(result.failure());
            }
        }
        err.flush();
        return (met ? ExitCode.DONE : ExitCode.FOUND).code();
    }
}
