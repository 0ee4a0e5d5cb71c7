package io.laurel.perf.cli;

import io.laurel.perf.machine.JsonText;
import io.laurel.perf.report.Report;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.client.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All benches, one after another, as tables and plots. */
@Command(name = "report", description = "Run all benches, half an hour on two quiet cores, and"
    + " write tables.md and the plots into a directory.")
final class ReportBench implements Callable<Integer> {
    private static final Map<String, String> FULL = new LinkedHashMap<>();
    private static final Map<String, String> SMALL = new LinkedHashMap<>();

    static {
        FULL.put("engine", "engine --seconds 75");
        FULL.put("wire", "wire --seconds 25");
        FULL.put("accepted", "wire --seconds 25 --ack accepted");
        FULL.put("rival", "rival --seconds 60");
        FULL.put("read", "read --seconds 24");
        FULL.put("memory", "memory");
        FULL.put("recovery", "recovery");
        FULL.put("snapshot", "snapshot --seconds 60");
        final String node = " -D journal.low_space=16MiB -D journal.segment=16MiB"
            + " -D limits.memory=256MiB --noise-ms 5";
        SMALL.put("engine", "engine --players 300 --seconds 0.02 --noise-ms 5");
        SMALL.put("wire", "wire --players 300 --seconds 1" + node);
        SMALL.put("memory", "memory --players 300 --updates 100 --noise-ms 5");
    }

    @Option(names = "--out", paramLabel = "DIR", required = true,
        description = "Directory of the tables and plots.")
    private Path out;

    @Option(names = "--raw", paramLabel = "DIR",
        description = "Where the results go as they are, one file of JSON each.")
    private Path raw;

    @Option(names = "--small", description = "Only to see that it works: tiny runs of a few.")
    private boolean small;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        for (final Map.Entry<String, String> bench : (small ? SMALL : FULL).entrySet()) {
            spec.commandLine().getErr().println("bench " + bench.getValue());
            results.put(bench.getKey(), run(bench.getValue()));
            if (raw != null) {
                Files.createDirectories(raw);
                Files.writeString(raw.resolve(bench.getKey() + ".json"),
                    JsonText.of(results.get(bench.getKey())) + "\n");
            }
            // what is there is worth having, should a later one fail
            new Report(results).write(out);
        }
        return ExitCode.DONE.code();
    }

    private Map<String, Object> run(String bench) {
        final StringWriter text = new StringWriter();
        final List<String> words = new ArrayList<>(List.of(bench.split(" ")));
        words.add("--json");
        final int code = new CommandLine(new BenchCommand()).setOut(new PrintWriter(text))
            .setErr(spec.commandLine().getErr()).execute(words.toArray(String[]::new));
        final List<String> lines = text.toString().lines().toList();
        if (code != 0 || lines.isEmpty()) {
            throw new CommandFailure(ExitCode.FOUND, "bench " + bench + " ended with " + code);
        }
        return Json.object(lines.get(lines.size() - 1));
    }
}
