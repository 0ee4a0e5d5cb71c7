package io.laurel.perf.cli;

import io.laurel.perf.apply.SnapshotCase;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.wire.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a snapshot costs while it is taken. */
@Command(name = "snapshot", description = "Snapshots under load, one behind the other: in process"
    + " how long batches of 64 rounds take with and without, and each pause for copying; over TCP"
    + " the latencies of acknowledgements with and without, durable and accepted, at half of what"
    + " the node takes. The noise of the machine stands beside: no pause can be shorter.")
final class SnapshotBench extends Bench {
    private static final double APPLY_SHARE = 0.4;
    private static final double HALF = 0.5;

    @Mixin
    private NodeOptions node;

    @Option(names = "--apply-only", description = "Leave the nodes out.")
    private boolean applyOnly;

    @Override
    Map<String, Object> run() throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("players", players());
        final Map<String, Object> apply = new SnapshotCase(players(), contests(), matched(),
            seed(), seconds() * APPLY_SHARE).run();
        result.put("apply", apply);
        say("apply: " + apply);
        if (!applyOnly) {
            for (final String ack : List.of("accepted", "durable")) {
                result.put(ack, wire(ack, seconds() * (1 - APPLY_SHARE) / 2));
                say(ack + ": " + result.get(ack));
            }
        }
        return result;
    }

    private Map<String, Object> wire(String ack, double seconds) throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        double rate = 0;
        for (final boolean snapshots : new boolean[] {false, true}) {
            final Line.Plan plan = node.plan(this, contests(), matched(), BoardMix.USUAL);
            final List<String> settings = new ArrayList<>(plan.settings());
            settings.add("snapshot.every=" + (snapshots ? "1s" : "1d"));
            try (Line line = new Line(new Line.Plan(plan.players(), plan.contests(),
                plan.matched(), plan.boards(), plan.distribution(), plan.seed(), ack,
                plan.flushUs(), settings), node.data())) {
                line.preload();
                if (rate == 0) {
                    rate = HALF * Child.number(line.saturate(seconds / 8, seconds / 8),
                        "rounds_per_s");
                }
                final Map<String, Object> row = line.rate(rate, seconds / 8, seconds / 4);
                row.put("images", line.node().metric("laurel_snapshot_images_total"));
                row.put("longest_slice_us", Figures.round(1e6
                    * line.node().metric("laurel_snapshot_longest_slice_seconds")
                    .doubleValue(), 1));
                result.put(snapshots ? "with" : "without", row);
            }
        }
        result.put("p99_ratio", Figures.round(p99(result, "with") / p99(result, "without"), 3));
        return result;
    }

    private static double p99(Map<String, Object> result, String name) {
        return Child.number(io.laurel.server.client.Json.asObject(result.get(name)), "p99_us");
    }

    @Override
    double defaultSeconds() {
        return 80;
    }
}
