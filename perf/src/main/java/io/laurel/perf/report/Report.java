package io.laurel.perf.report;

import io.laurel.perf.report.Plot.Axis;
import io.laurel.server.client.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tables and plots of results that were taken one after another. */
public final class Report {
    private static final List<String> WHEN = List.of("without", "with", "while_mapping",
        "while_copying", "until_the_cut", "behind_the_cut", "pause", "noise_floor");

    private final Map<String, Map<String, Object>> results;

    /** Takes results by name: engine, wire, accepted, rival, read, memory, recovery, snapshot. */
    public Report(Map<String, Map<String, Object>> results) {
        this.results = results;
    }

    /** Writes {@code tables.md} and the plots into a directory. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("tables.md"), tables());
        final List<Map<String, Object>> engine = rows("engine");
        plot(directory, "engine-players.svg", new Plot("Rounds applied per second, three boards",
            new Axis("players", true), new Axis("rounds/s", false)),
            engine, row -> number(row, "contests") == 3 && row.get("distribution")
                .equals("uniform"), "players", "rounds_per_s");
        final double usual = engine.stream().mapToDouble(row -> number(row, "contests")).max()
            .orElse(0) > 3 ? playersOfMostContests(engine) : 0;
        plot(directory, "engine-contests.svg", new Plot("Cost of a round that three contests take",
            new Axis("live contests", true), new Axis("ns per round", false)), engine,
            row -> number(row, "matched") == 3 && number(row, "players") == usual
                && row.get("distribution").equals("uniform"), "contests", "ns_per_round");
        final Plot latency = new Plot("Latency from the intended time of sending",
            new Axis("rounds/s", false), new Axis("microseconds", true));
        for (final String name : List.of("wire", "accepted")) {
            final List<Map<String, Object>> at =
                Json.asObjects(results.getOrDefault(name, Map.of()).get("at"));
            if (at.isEmpty()) {
                continue;
            }
            for (final String percentile : List.of("p50_us", "p99_us", "p999_us")) {
                latency.line((name.equals("wire") ? "durable " : "accepted ")
                    + percentile.replace("_us", ""), column(at, "target"),
                    column(at, percentile));
            }
        }
        if (!latency.isEmpty()) {
            Files.writeString(directory.resolve("wire-latency.svg"), latency.svg());
        }
    }

    private static double playersOfMostContests(List<Map<String, Object>> engine) {
        return number(engine.stream().max((a, b) ->
            Double.compare(number(a, "contests"), number(b, "contests"))).orElseThrow(),
            "players");
    }

    private static void plot(Path directory, String name, Plot plot,
        List<Map<String, Object>> rows, Predicate<Map<String, Object>> which, String across,
        String up) throws IOException {
        final List<Map<String, Object>> chosen = new ArrayList<>(rows.stream().filter(which)
            .sorted((a, b) -> Double.compare(number(a, across), number(b, across))).toList());
        if (!chosen.isEmpty()) {
            Files.writeString(directory.resolve(name), plot.line("measured",
                column(chosen, across), column(chosen, up)).svg());
        }
    }

    private static double[] column(List<Map<String, Object>> rows, String name) {
        return rows.stream().mapToDouble(row -> Math.max(1e-9, number(row, name))).toArray();
    }

    private static double number(Map<String, Object> row, String name) {
        return row.get(name) instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    private List<Map<String, Object>> rows(String name) {
        return Json.asObjects(results.getOrDefault(name, Map.of()).get("rows"));
    }

    private String tables() {
        final StringBuilder text = new StringBuilder("Written by `bin/laurel bench report`.\n\n");
        final Map<String, Object> any = results.values().iterator().next();
        text.append("Machine: ").append(line(any.get("machine"))).append("\n\n");
        results.forEach((name, result) -> {
            text.append("## ").append(name).append("\n\n").append(table(name, result));
            text.append("Noise of the machine before: ").append(
                line(Json.asObject(result.get("noise")).get("before"))).append("\n\n");
        });
        return text.toString();
    }

    private static String line(Object object) {
        return String.join(", ", Json.asObject(object).entrySet().stream()
            .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue()).toList());
    }

    private String table(String name, Map<String, Object> result) {
        return switch (name) {
            case "engine" -> Table.of(rows(name), "players", "contests", "matched", "boards",
                "distribution", "rounds_per_s", "ns_per_round", "cpu_ns_per_round",
                "allocated_bytes_per_round", "dedupe_population");
            case "wire", "accepted" -> "Saturation: " + result.get("saturation_rounds_per_s")
                + " rounds/s. Processor time per round, ns: node "
                + line(result.get("node_cpu_ns_per_round")) + "; sender "
                + line(result.get("sender_cpu_ns_per_round")) + ".\n\n"
                + Table.of(Json.asObjects(result.get("at")), "fraction", "target", "achieved",
                    "p50_us", "p99_us", "p999_us", "max_us", "visible_p50_us", "visible_p99_us");
            case "rival" -> rival(result);
            case "read" -> Table.of(rows(name), "system", "path", "read", "load", "mean_us",
                "p50_us", "p99_us");
            case "memory" -> Table.of(rows(name), "system", "boards", "after",
                "bytes_per_player_and_board", "with_ids", "bytes_per_player", "bytes_per_event");
            case "recovery" -> Table.of(rows(name), "system", "from", "events", "recovered_ms",
                "events_per_s", "records", "load_ms", "replay_ms", "state_bytes",
                "file_bytes", "gb_per_s");
            default -> snapshot(result);
        };
    }

    private static String rival(Map<String, Object> result) {
        final List<Map<String, Object>> lines = new ArrayList<>();
        for (final String name : List.of("ours", "redis_same_work", "ours_one_board",
            "redis_bare")) {
            final Map<String, Object> figures = Json.asObject(result.get(name));
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("what", name.replace('_', ' '));
            row.put("per_s", figures.getOrDefault("rounds_per_s", figures.get("ops_per_s")));
            row.put("runs", figures.get("runs"));
            lines.add(row);
        }
        return Table.of(lines, "what", "per_s", "runs") + "Ratio to the same work: "
            + result.get("ratio_same_work") + " " + result.get("ratio_same_work_spread")
            + "; to bare ZINCRBY: " + result.get("ratio_bare") + " "
            + result.get("ratio_bare_spread") + ". Redis " + result.get("redis_version") + ".\n\n";
    }

    private static List<Map<String, Object>> rows(Object of) {
        if (of instanceof List<?>) {
            return Json.asObjects(of);
        }
        final Map<String, Object> row = Json.asObject(of);
        return row.isEmpty() ? List.of() : List.of(row);
    }

    private static String snapshot(Map<String, Object> result) {
        final List<Map<String, Object>> lines = new ArrayList<>();
        for (final String level : List.of("apply", "accepted", "durable")) {
            final Map<String, Object> part = Json.asObject(result.get(level));
            for (final String when : WHEN) {
                for (final Map<String, Object> row : rows(part.get(when))) {
                    row.put("what", level + ", " + when);
                    lines.add(row);
                }
            }
        }
        final Map<String, Object> facts = Json.asObject(result.get("apply"));
        WHEN.forEach(facts::remove);
        return Table.of(lines, "what", "p50_us", "p99_us", "p999_us", "max_us", "p99_us_range",
            "turns") + "In process: " + line(facts) + ".\n\n";
    }
}
