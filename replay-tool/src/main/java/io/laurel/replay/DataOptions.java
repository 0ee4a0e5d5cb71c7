package io.laurel.replay;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command here needs. */
public final class DataOptions {
    @Option(names = "--data", paramLabel = "DIR", required = true,
        description = "Data directory of a node; it is only read.")
    private Path data;

    /** Returns the data directory. */
    public Path data() {
        return data;
    }

    /** Runs a pass, and shows on a terminal how far it has come. */
    public ReplayedLog run(LogPass pass, PrintWriter err) {
        final ReplayedLog log;
        try (ProgressLine progress = new ProgressLine()) {
            log = pass.tell(progress).run();
        }
        if (log.facts().damage() != null && !log.cutShort()) {
            err.println("warning: the journal is damaged behind what is shown: "
                + log.facts().damage().getMessage());
            err.flush();
        }
        return log;
    }

    /** Reads a place in the log that an option names. */
    public static LogPoint point(String text) {
        try {
            return text == null ? LogPoint.END : LogPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
