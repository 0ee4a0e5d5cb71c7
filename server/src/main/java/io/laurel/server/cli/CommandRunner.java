package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;

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
        return run(commandLine(), StandardOutput.open(), arguments);
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
        return run(handle(line), StandardOutput.open(), arguments);
    }

    static int run(CommandLine line, PrintWriter out, String... arguments) {
        line.setOut(out);
        final int code = line.execute(arguments);
        try {
            out.flush();
            return code;
        } catch (CommandFailure e) {
            return failure(e, line);
        }
    }

    static CommandLine commandLine() {
        return handle(new CommandLine(new LaurelCommand()));
    }

    private static CommandLine handle(CommandLine line) {
        line.setParameterExceptionHandler((e, unused) -> usage(e));
        line.setExecutionExceptionHandler((e, command, unused) -> failure(e, command));
        line.setExecutionStrategy(parsed -> {
            try {
                return new RunLast().execute(parsed);
            } catch (CommandFailure e) {
                // help and versions are printed outside of commands
                return failure(e, line);
            }
        });
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
        if (e instanceof CommandFailure || e instanceof IOException) {
            return failure(CommandFailure.of(e), command);
        }
        if (e instanceof ConfigException wrong && wrong.isUsage()) {
            return usage(wrong.getMessage(), command);
        }
        if (e instanceof ConfigException) {
            return failure(new CommandFailure(ExitCode.CORRUPT, e.getMessage(), e), command);
        }
        throw e;
    }

    private static int failure(CommandFailure failure, CommandLine command) {
        if (failure.exitCode() != ExitCode.DONE) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": "
                + oneLine(failure.getMessage()));
        }
        return failure.exitCode().code();
    }

    private static String oneLine(String message) {
        return String.valueOf(message).lines().map(String::strip)
            .reduce((a, b) -> a + " " + b).orElse("");
    }
}
