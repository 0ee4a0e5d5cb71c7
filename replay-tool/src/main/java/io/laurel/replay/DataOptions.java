package io.laurel.replay;

import io.laurel.engine.recovery.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command here needs. */
final class DataOptions {
    @Option(names = "--data", paramLabel = "DIR", required = true,
        description = "Data directory of a node; it is only read.")
    private Path data;

    Path data() {
        return data;
    }

    /** Returns what shows on a terminal how far a replay has come; nothing in a pipe. */
    static Progress progress() {
        return System.console() == null ? Progress.NONE
            : (sequence, timeNs) -> System.err.print("\rreplayed " + sequence + " to "
                + LogTimes.text(timeNs) + "   ");
    }

    /** Reads a place in the log that an option names. */
    static LogPoint point(String text) {
        try {
            return text == null ? LogPoint.END : LogPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
