package io.laurel.replay.export;

import io.laurel.replay.DataOptions;
import io.laurel.replay.ExitCode;
import io.laurel.replay.KnownContests;
import io.laurel.replay.LogPass;
import io.laurel.replay.ReplayedLog;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the regulator's record of a contest. */
@Command(name = "export", description = {"Write the record of a contest for a regulator.",
    "What South Dakota's ARSD 20:18:35:19 asks for, a row for each who took part; cells that the "
        + "log knows nothing of stay empty."})
public final class ExportCommand implements Callable<Integer> {
    /** How it is written. */
    enum Format {
        csv, jsonl
    }

    @Parameters(paramLabel = "CONTEST", description = "Id of the contest.")
    private String contest;

    @Mixin
    private DataOptions options;

    @Option(names = "--at", paramLabel = "SEQ|TS",
        description = "Last sequence or time that counts (default: the end).")
    private String at;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "csv",
        description = "csv or jsonl (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Entrants entrants = new Entrants(contest);
        final LogPass pass =
            LogPass.over(options.data()).to(DataOptions.point(at)).observedBy(entrants);
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            final TournamentRecord record = new TournamentRecord(log.engine(),
                KnownContests.check(log.engine(), contest), entrants);
            final PrintWriter out = spec.commandLine().getOut();
            if (format == Format.csv) {
                TournamentCsv.write(record, out::print);
            } else {
                TournamentJson.write(record, out::println);
            }
            out.flush();
        }
        return ExitCode.DONE.code();
    }
}
