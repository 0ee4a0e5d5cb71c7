package io.laurel.replay;

import io.laurel.engine.port.CommandTarget;
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

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
        description = "text or jsonl (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final OutcomePrinter.Lines lines =
            format == Format.jsonl ? CommandFields::json : CommandFields::text;
        try (ReplayedLog log = ReplayedLog.replay(options.data(), DataOptions.point(to),
            target -> printing(target, lines, out), DataOptions.progress())) {
            if (out.checkError()) {
                throw new CommandFailure(ExitCode.USAGE, "the output was closed at sequence "
                    + log.engine().sequence());
            }
        }
        return ExitCode.DONE.code();
    }

    private CommandTarget printing(CommandTarget target, OutcomePrinter.Lines lines,
        PrintWriter out) {
        return new OutcomePrinter(target, from, lines, out::println);
    }
}
