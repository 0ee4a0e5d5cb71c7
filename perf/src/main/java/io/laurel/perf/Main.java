package io.laurel.perf;

import io.laurel.perf.cli.BenchCommand;
import io.laurel.server.cli.CommandRunner;

/** Entry of the command line with {@code bench} in it. */
public final class Main {
    private Main() {
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run("bench", new BenchCommand(), arguments));
    }
}
