package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.perf.cli.BenchCommand;
import io.laurel.server.client.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** One bench in its smallest form, as the command line runs it. */
final class BenchRun {
    private BenchRun() {
    }

    /** Runs it and returns the last line of its output. */
    static Map<String, Object> of(String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine line = new CommandLine(new BenchCommand());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--noise-ms", "5"));
        assertEquals(0, line.execute(all.toArray(String[]::new)), () -> "" + err + out);
        final List<String> lines = out.toString().lines().toList();
        return Json.object(lines.get(lines.size() - 1));
    }

    /** Returns a number of the result. */
    static double number(Map<String, Object> from, String name) {
        return ((BigDecimal) from.get(name)).doubleValue();
    }
}
