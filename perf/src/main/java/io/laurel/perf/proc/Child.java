package io.laurel.perf.proc;

import io.laurel.server.client.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with one line of JSON. One thread. */
public final class Child implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;

    /** Starts one; what it writes to its error stream goes to ours. */
    public static Child start(Class<?> main, List<String> flags, String... arguments)
        throws IOException {
        final List<String> command = new ArrayList<>(Jvm.command(main, flags));
        command.addAll(List.of(arguments));
        return new Child(Guard.over(new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()));
    }

    private Child(Process process) {
        this.process = process;
        to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws IOException where it does not answer, or answers that it failed
     */
    public Map<String, Object> ask(Object... words) throws IOException {
        to.println(String.join(" ", List.of(words).stream().map(Object::toString).toList()));
        final String line = from.readLine();
        if (line == null) {
            throw new IOException("no answer to '" + words[0] + "'");
        }
        final Map<String, Object> answer = Json.object(line);
        if (answer.containsKey("error")) {
            throw new IOException(words[0] + ": " + answer.get("error"));
        }
        return answer;
    }

    /** Returns a number of an answer. */
    public static double number(Map<String, Object> answer, String name) {
        return ((BigDecimal) answer.get(name)).doubleValue();
    }

    /** Returns the number of the process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
