package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs command lines and turns what goes wrong into one line and an exit code. */
public final class CommandRunner {
    private CommandRunner() {
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /**
     * Runs one command line that knows one command more.
     *
     * @param name of the command
     * @param command annotated for picocli
     * @return the exit code
     */
    public static int run(String name, Object command, String... arguments) {
        final CommandLine line = commandLine();
        line.addSubcommand(name, command);
        return handle(line).execute(arguments);
    }

    static CommandLine commandLine() {
        return handle(new CommandLine(new LaurelCommand()));
    }

    private static CommandLine handle(CommandLine line) {
        line.setParameterExceptionHandler((e, unused) -> usage(e));
        line.setExecutionExceptionHandler((e, command, unused) -> failure(e, command));
        return line;
    }

    private static int usage(ParameterException e) {
        return usage(e.getMessage(), e.getCommandLine());
    }

    private static int usage(String message, CommandLine command) {
        final String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(message) + " (see " + name
            + " --help)");
        return ExitCode.USAGE.code();
    }

    private static int failure(Exception e, CommandLine command) throws Exception {
        final PrintWriter err = command.getErr();
        final String name = command.getCommandSpec().qualifiedName();
        if (e instanceof CommandFailure failure) {
            err.println(name + ": " + oneLine(failure.getMessage()));
            return failure.exitCode().code();
        }
        if (e instanceof ConfigException wrong && wrong.isUsage()) {
            return usage(wrong.getMessage(), command);
        }
        if (e instanceof ConfigException) {
            err.println(name + ": " + oneLine(e.getMessage()));
            return ExitCode.CORRUPT.code();
        }
        throw e;
    }

    private static String oneLine(String message) {
        return String.valueOf(message).lines().map(String::strip)
            .reduce((a, b) -> a + " " + b).orElse("");
    }
}
