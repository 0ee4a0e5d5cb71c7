package io.laurel.server;

import io.laurel.server.cli.CommandRunner;

/** Entry of the command line. */
public final class Main {
    private Main() {
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(arguments));
    }
}
