package io.laurel.replay;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/**
 * What one of the commands said and how it ended.
 *
 * @param code exit code
 * @param out stdout
 * @param err stderr; the line of a refusal stands there
 */
public record Said(int code, String out, String err) {
    /** Runs {@code laurel replay} with arguments. */
    public static Said replay(Object... arguments) {
        return replay(new StringWriter(), arguments);
    }

    /** As the other one, with another place for what it prints. */
    static Said replay(Writer out, Object... arguments) {
        final StringWriter err = new StringWriter();
        final CommandLine line = new CommandLine(new ReplayTool())
            .setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
            .setParameterExceptionHandler((e, unused) -> ExitCode.USAGE.code())
            .setExecutionExceptionHandler((e, command, parsed) -> {
                if (e instanceof CommandFailure failure) {
                    command.getErr().println(failure.getMessage());
                    return failure.exitCode().code();
                }
                throw e;
            });
        final String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        final int code = line.execute(words);
        return new Said(code, out.toString(), err.toString());
    }

    /** Returns stdout line by line. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
