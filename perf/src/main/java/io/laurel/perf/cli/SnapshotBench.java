package io.laurel.perf.cli;

import io.laurel.perf.apply.SnapshotCase;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.proc.Node;
import io.laurel.perf.wire.Line;
import io.laurel.perf.wire.Turns;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a snapshot costs while it is taken. */
@Command(name = "snapshot", description = "Snapshots under load: in process, one behind the other,"
    + " how long batches of 64 rounds take with and without, and each pause for copying; over TCP"
    + " the latencies of acknowledgements, durable and accepted, at half of what the node takes:"
    + " in turns before the second snapshot of a node, in as many as it takes to map what memory"
    + " its image needs more and to copy ahead of the cut, while it is made and written, 24 turns"
    + " at most, and behind it: so machines that change meanwhile count on both sides. Ratios are"
    + " of all events with it and without; 90%% of those of turns drawn anew lie in their range."
    + " The noise of the machine in the same run stands beside: no pause can be below it.")
final class SnapshotBench extends Bench {
    private static final double APPLY_SHARE = 0.4;
    private static final double HALF = 0.5;
    private static final double WARM = 0.1;
    /** Turns that the time given is for. */
    private static final int TURNS = 6;
    /** Without a snapshot, before it and as many behind; until the cut as many as it takes. */
    private static final int AROUND = 12;
    /** Behind the cut: the image is made in the first, or nearly all of it, then written. */
    private static final int MOST_TURNS = 24;
    private static final long LOOK_NS = 50_000_000;
    private static final String WITHOUT = "without";
    private static final String UNTIL = "until_the_cut";
    private static final String BEHIND = "behind_the_cut";

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

    /** One node: turns without a snapshot, those in which one is taken, and some without again. */
    private Map<String, Object> wire(String ack, double seconds)
        throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        final Line.Plan plan = node.planMapped(this, contests(), matched(), BoardMix.USUAL);
        final List<String> settings = new ArrayList<>(plan.settings());
        // those that it would take by itself would be in the way of the ones ordered here
        settings.add("snapshot.every=24h");
        final double turn = seconds / TURNS;
        final Turns without = new Turns(WITHOUT);
        final Turns until = new Turns(UNTIL);
        final Turns behind = new Turns(BEHIND);
        try (Line line = new Line(new Line.Plan(plan.players(), plan.contests(), plan.matched(),
            plan.boards(), plan.distribution(), plan.seed(), ack, plan.flushUs(),
            plan.engineCore(), settings), node.data())) {
            line.preload();
            // a node that makes its first image compiles what it takes for that
            check(line.node().orderSnapshot());
            line.settle(Line.mostWarmSeconds(seconds), s -> line.saturate(0, s));
            awaitWritten(line.node());
            final double rate =
                HALF * Child.number(line.saturate(0, seconds * WARM), "rounds_per_s");
            // the node is asked in each phase alike: that costs it something, too
            line.settle(Line.mostWarmSeconds(seconds) / 2, s -> {
                isUnderWay(line.node());
                line.rate(rate, 0, s);
            });
            around(line, without, rate, turn);
            final CompletableFuture<NodeClient.Answer> order =
                CompletableFuture.supplyAsync(line.node()::orderSnapshot);
            do {
                isUnderWay(line.node());
                until.play(line, rate, turn);
            } while (!order.isDone());
            check(order.join());
            for (int i = 0; i < MOST_TURNS && isUnderWay(line.node()); i++) {
                behind.play(line, rate, turn);
            }
            awaitWritten(line.node());
            // threads that have waited for minutes begin slowly, and that is not the snapshot's
            line.rate(rate, 0, turn);
            around(line, without, rate, turn);
            result.put("longest_slice_us",
                micros(line.node(), "laurel_snapshot_longest_slice_seconds"));
            result.put("longest_slice_cpu_us",
                micros(line.node(), "laurel_snapshot_longest_slice_cpu_seconds"));
        }
        final Turns with = until.and(behind);
        result.put("rows", Stream.of(without, with).flatMap(Turns::rows).toList());
        result.put(WITHOUT, without.json());
        result.put("with", with.json());
        result.put(UNTIL, until.json());
        result.put(BEHIND, behind.json());
        for (final double percentile : new double[] {50, 99}) {
            final String name = "p" + Math.round(percentile) + "_ratio";
            result.put(name, Figures.round(with.ratio(without, percentile), 3));
            result.put(name + "_range", with.ratioRange(without, percentile, seed()));
        }
        return result;
    }

    private static void around(Line line, Turns without, double rate, double turn)
        throws IOException {
        for (int i = 0; i < AROUND && !isUnderWay(line.node()); i++) {
            without.play(line, rate, turn);
        }
    }

    private static void awaitWritten(Node node) {
        while (isUnderWay(node)) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static boolean isUnderWay(Node node) {
        return node.metric("laurel_snapshot_memory_bytes").signum() != 0;
    }

    private static void check(NodeClient.Answer order) throws IOException {
        if (!order.isOk()) {
            throw new IOException("the node takes no snapshot: " + order.problem());
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
