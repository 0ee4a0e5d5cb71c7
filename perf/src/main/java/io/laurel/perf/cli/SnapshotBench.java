package io.laurel.perf.cli;

import io.laurel.perf.apply.SnapshotCase;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.proc.Node;
import io.laurel.perf.wire.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a snapshot costs while it is taken. */
@Command(name = "snapshot", description = "Snapshots under load, one behind the other: in process"
    + " how long batches of 64 rounds take with and without, and each pause for copying; over TCP"
    + " the latencies of acknowledgements with and without, durable and accepted, at half of what"
    + " the node takes. The noise of the machine in the same run stands beside: no pause can be"
    + " below it.")
final class SnapshotBench extends Bench {
    private static final double APPLY_SHARE = 0.4;
    private static final double HALF = 0.5;
    private static final double WARM = 0.1;
    private static final int TURNS = 3;
    private static final long LOOK_NS = 50_000_000;

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

    /** One node, by turns without snapshots and with one behind the other. */
    private Map<String, Object> wire(String ack, double seconds)
        throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        final Line.Plan plan = node.planMapped(this, contests(), matched(), BoardMix.USUAL);
        try (Line line = new Line(new Line.Plan(plan.players(), plan.contests(), plan.matched(),
            plan.boards(), plan.distribution(), plan.seed(), ack, plan.flushUs(),
            plan.engineCore(), plan.settings()), node.data())) {
            line.preload();
            line.settle(Line.mostWarmSeconds(seconds), s -> line.saturate(0, s));
            final double rate =
                HALF * Child.number(line.saturate(0, seconds * WARM), "rounds_per_s");
            line.settle(Line.mostWarmSeconds(seconds) / 2, s -> line.rate(rate, 0, s));
            for (int i = 0; i < TURNS; i++) {
                add(result, "without", line.rate(rate, 0, seconds / TURNS / 2));
                try (Orders orders = new Orders(line.node())) {
                    final Map<String, Object> row = line.rate(rate, 0, seconds / TURNS / 2);
                    row.put("snapshots", orders.count());
                    add(result, "with", row);
                }
            }
            result.put("longest_slice_us",
                micros(line.node(), "laurel_snapshot_longest_slice_seconds"));
            result.put("longest_slice_cpu_us",
                micros(line.node(), "laurel_snapshot_longest_slice_cpu_seconds"));
        }
        for (final String percentile : List.of("p50", "p99")) {
            result.put(percentile + "_ratio", Figures.round(median(result, "with", percentile)
                / median(result, "without", percentile), 3));
        }
        return result;
    }

    private static Object micros(Node node, String metric) {
        return Figures.round(1e6 * node.metric(metric).doubleValue(), 1);
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> result, String name, Map<String, Object> row) {
        ((List<Map<String, Object>>) result.computeIfAbsent(name, any -> new ArrayList<>()))
            .add(row);
    }

    @SuppressWarnings("unchecked")
    private static double median(Map<String, Object> result, String name, String percentile) {
        return Figures.median(((List<Map<String, Object>>) result.get(name)).stream()
            .mapToDouble(row -> Child.number(row, percentile + "_us")).toArray());
    }

    /** Orders one snapshot behind the other, as an operator would, until it is closed. */
    private static final class Orders implements AutoCloseable {
        private final Node node;
        private final Thread thread = new Thread(this::run, "orders");
        private volatile int count;
        private volatile boolean closed;

        Orders(Node node) {
            this.node = node;
            thread.start();
        }

        private void run() {
            while (!closed) {
                if (node.orderSnapshot()) {
                    count = count + 1;
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }

        int count() {
            return count;
        }

        @Override
        public void close() {
            closed = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // the next turn is to be without
            while (node.metric("laurel_snapshot_memory_bytes").signum() != 0) {
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    @Override
    double defaultSeconds() {
        return 80;
    }
}
