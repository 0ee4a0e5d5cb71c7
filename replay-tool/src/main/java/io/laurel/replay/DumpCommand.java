package io.laurel.replay;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints commands with their outcomes, one a line, as the log is replayed. */
@Command(name = "dump", description = "Print the commands of the log with their outcomes.")
final class DumpCommand implements Callable<Integer> {
    /** How a line looks. */
    enum Format {
        text, jsonl
    }

    @Mixin
    private DataOptions options;

    @Option(names = "--from", paramLabel = "SEQ", defaultValue = "1",
        description = "First sequence printed (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ|TS",
        description = "Last sequence or time printed (default: the end).")
    private String to;

    @Option(names = "--from-beginning",
        description = "Replay the whole log, also where a snapshot lies nearer.")
    private boolean fromBeginning;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
        description = "text or jsonl (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (from < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--from goes from 1 on");
        }
        final LogPoint end = DataOptions.point(to);
        if (end.sequence() < from) {
            throw new CommandFailure(ExitCode.USAGE, "--to comes before --from");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final OutcomePrinter.Lines lines =
            format == Format.jsonl ? CommandFields::json : CommandFields::text;
        final LogPass pass = LogPass.over(options.data()).to(end)
            .fromSnapshot(fromBeginning || from == 1 ? null
                : new LogPoint(from - 1, Long.MAX_VALUE))
            .upToDamage().observedBy(new OutcomePrinter(from, lines, out::println));
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            out.flush();
            if (log.cutShort()) {
                throw CommandFailure.of(log.facts().damage());
            }
        }
        return ExitCode.DONE.code();
    }
}
