package io.laurel.perf.cli;

import io.laurel.perf.apply.SnapshotCase;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.proc.Node;
import io.laurel.perf.wire.Line;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a snapshot costs while it is taken. */
@Command(name = "snapshot", description = "Snapshots under load: in process, one behind the other,"
    + " how long batches of 64 rounds take with and without, and each pause for copying; over TCP"
    + " the latencies of acknowledgements, durable and accepted, at half of what the node takes:"
    + " in turns before the second snapshot of a node, in as many as it takes to map what memory"
    + " its image needs more, and in twelve, or fewer, while that is made and written. The noise of"
    + " the machine in the same run stands beside: no pause can be below it.")
final class SnapshotBench extends Bench {
    private static final double APPLY_SHARE = 0.4;
    private static final double HALF = 0.5;
    private static final double WARM = 0.1;
    /** Without a snapshot; until the cut there are as many as it takes. */
    private static final int TURNS = 6;
    /** Behind the cut: the image is made in the first, or nearly all of it, then written. */
    private static final int MOST_TURNS = 12;
    private static final long LOOK_NS = 50_000_000;
    private static final String WITHOUT = "without";
    private static final String MAPPING = "while_mapping";
    private static final String WRITING = "while_writing";

    @Mixin
    private NodeOptions node;

    @Option(names = "--apply-only", description = "Leave the nodes out.")
    private boolean applyOnly;

    @Option(names = "--wire-only", description = "Leave the run in process out.")
    private boolean wireOnly;

    @Override
    Map<String, Object> run() throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("players", players());
        if (!wireOnly) {
            final Map<String, Object> apply = new SnapshotCase(players(), contests(), matched(),
                seed(), seconds() * APPLY_SHARE).run();
            result.put("apply", apply);
            say("apply: " + apply);
        }
        if (!applyOnly) {
            for (final String ack : List.of("accepted", "durable")) {
                result.put(ack, wire(ack, seconds() * (1 - APPLY_SHARE) / 2));
                say(ack + ": " + result.get(ack));
            }
        }
        return result;
    }

    /** One node: some turns without a snapshot, and then those in which one is taken. */
    private Map<String, Object> wire(String ack, double seconds)
        throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        final Line.Plan plan = node.planMapped(this, contests(), matched(), BoardMix.USUAL);
        final List<String> settings = new ArrayList<>(plan.settings());
        // those that it would take by itself would be in the way of the ones ordered here
        settings.add("snapshot.every=24h");
        final double turn = seconds / TURNS;
        final List<Map<String, Object>> rows = new ArrayList<>();
        try (Line line = new Line(new Line.Plan(plan.players(), plan.contests(), plan.matched(),
            plan.boards(), plan.distribution(), plan.seed(), ack, plan.flushUs(),
            plan.engineCore(), settings), node.data())) {
            line.preload();
            line.settle(Line.mostWarmSeconds(seconds), s -> line.saturate(0, s));
            final double rate =
                HALF * Child.number(line.saturate(0, seconds * WARM), "rounds_per_s");
            line.settle(Line.mostWarmSeconds(seconds) / 2, s -> line.rate(rate, 0, s));
            // has the memory of an image to be found, which is kept for the next ones
            awaitImage(line.node());
            for (int i = 0; i < TURNS; i++) {
                add(rows, WITHOUT, line.rate(rate, 0, turn));
            }
            whileOneIsTaken(line, () -> line.rate(rate, 0, turn), rows);
            result.put("longest_slice_us",
                micros(line.node(), "laurel_snapshot_longest_slice_seconds"));
            result.put("longest_slice_cpu_us",
                micros(line.node(), "laurel_snapshot_longest_slice_cpu_seconds"));
        }
        result.put("rows", rows);
        final Turns without = Turns.of(rows, WITHOUT);
        final Turns with = Turns.of(rows, MAPPING, WRITING);
        result.put(WITHOUT, without.json());
        result.put("with", with.json());
        result.put(MAPPING, Turns.of(rows, MAPPING).json());
        result.put(WRITING, Turns.of(rows, WRITING).json());
        for (final String percentile : List.of("p50_us", "p99_us")) {
            result.put(percentile.replace("_us", "_ratio"),
                Figures.round(with.median(percentile) / without.median(percentile), 3));
        }
        return result;
    }

    /** Takes a snapshot, and waits until it is written. */
    private static void awaitImage(Node node) throws IOException {
        check(node.orderSnapshot());
        while (isUnderWay(node)) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static boolean isUnderWay(Node node) {
        return node.metric("laurel_snapshot_memory_bytes").signum() != 0;
    }

    @FunctionalInterface
    private interface Load {
        Map<String, Object> turn() throws IOException;
    }

    /** From the order until the cut, and on until the image is written, or for so many turns. */
    private static void whileOneIsTaken(Line line, Load load, List<Map<String, Object>> rows)
        throws IOException {
        final CompletableFuture<NodeClient.Answer> order =
            CompletableFuture.supplyAsync(line.node()::orderSnapshot);
        do {
            add(rows, MAPPING, load.turn());
        } while (!order.isDone());
        check(order.join());
        for (int i = 0; i < MOST_TURNS && isUnderWay(line.node()); i++) {
            add(rows, WRITING, load.turn());
        }
    }

    private static void check(NodeClient.Answer order) throws IOException {
        if (!order.isOk()) {
            throw new IOException("the node takes no snapshot: " + order.problem());
        }
    }

    private static void add(List<Map<String, Object>> rows, String phase,
        Map<String, Object> figures) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("phase", phase);
        row.putAll(figures);
        rows.add(row);
    }

    /** Some turns of a phase. */
    private record Turns(List<Map<String, Object>> rows) {
        static Turns of(List<Map<String, Object>> rows, String... phases) {
            return new Turns(rows.stream()
                .filter(row -> List.of(phases).contains(row.get("phase"))).toList());
        }

        private double[] figures(String name) {
            return rows.stream().mapToDouble(row -> Child.number(row, name)).sorted().toArray();
        }

        double median(String name) {
            return Figures.median(figures(name));
        }

        /** Medians, with the range of p99; empty where there is no turn. */
        Map<String, Object> json() {
            final Map<String, Object> json = new LinkedHashMap<>();
            if (rows.isEmpty()) {
                return json;
            }
            json.put("turns", rows.size());
            for (final String name : List.of("p50_us", "p99_us", "p999_us")) {
                json.put(name, Figures.round(median(name), 1));
            }
            final double[] p99 = figures("p99_us");
            json.put("p99_us_range", List.of(p99[0], p99[p99.length - 1]));
            final double[] longest = figures("max_us");
            json.put("max_us", longest[longest.length - 1]);
            return json;
        }
    }

    private static Object micros(Node node, String metric) {
        return Figures.round(1e6 * node.metric(metric).doubleValue(), 1);
    }

    @Override
    double defaultSeconds() {
        return 80;
    }
}
