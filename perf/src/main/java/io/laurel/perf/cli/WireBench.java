package io.laurel.perf.cli;

import io.laurel.perf.load.BoardMix;
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

/** A sender over loopback TCP: as fast as it goes, then latencies at fractions of that. */
@Command(name = "wire", description = "A node and a sender, each a process of its own, over"
    + " loopback TCP: first as many rounds as the node takes, then at fractions of that"
    + " the latency from the time at which an event should have left to its acknowledgement, and"
    + " until it is visible on a board: for that a player's place is read over HTTP every two"
    + " milliseconds. The latencies count from the intended time, whether the event could leave"
    + " then or not.")
final class WireBench extends Bench {
    private static final double SATURATION_SHARE = 0.3;
    private static final double VISIBLE_SHARE = 0.3;
    private static final double LEAD_IN = 0.05;
    /** A warm-up before each measurement at a rate is shorter than the first one. */
    private static final int PARTS = 2;
    private static final double REACHED = 0.99;

    @Mixin
    private NodeOptions node;

    @Option(names = "--at", paramLabel = "FRACTION", split = ",",
        defaultValue = "0.1,0.25,0.5,0.75",
        description = "Fractions of saturation at which latency is measured (default:"
            + " ${DEFAULT-VALUE}).")
    private List<Double> fractions;

    @Override
    Map<String, Object> run() throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        try (Line line = new Line(
            node.planMapped(this, contests(), matched(), BoardMix.USUAL), node.data())) {
            final Map<String, Object> preload = line.preload();
            say("preload: " + preload);
            say("warm-up, s: " + line.settle(Line.mostWarmSeconds(seconds()),
                s -> line.saturate(0, s)));
            final Map<String, Object> most =
                line.saturateAndCount(seconds() * SATURATION_SHARE);
            final double saturation = Child.number(most, "rounds_per_s");
            say("saturation: " + most);
            result.put("saturation_rounds_per_s", most.get("rounds_per_s"));
            result.put("node_cpu_ns_per_round", most.get("node_cpu_ns_per_round"));
            result.put("sender_cpu_ns_per_round", most.get("sender_cpu_ns_per_round"));
            result.put("ack", node.ack());
            result.put("players", players());
            result.put("contests", contests());
            result.put("matched", matched());
            result.put("event_bytes", most.get("event_bytes"));
            result.put("preload_seconds", preload.get("seconds"));
            final List<Map<String, Object>> rows = new ArrayList<>();
            for (final double fraction : fractions) {
                rows.add(at(line, fraction, saturation));
            }
            result.put("at", rows);
            result.put("dedupe_population", Figuring.accepted(line.node().status()));
        }
        return result;
    }

    private Map<String, Object> at(Line line, double fraction, double saturation)
        throws IOException {
        final double seconds = seconds() * (1 - SATURATION_SHARE) / fractions.size();
        final double rate = Math.max(1, fraction * saturation);
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("fraction", io.laurel.perf.machine.Figures.round(fraction, 2));
        final double warm = Line.mostWarmSeconds(seconds()) / PARTS;
        line.settle(warm, s -> line.rate(rate, 0, s));
        row.putAll(line.rate(rate, LEAD_IN * seconds, seconds * (1 - VISIBLE_SHARE)));
        line.settle(warm, s -> line.visible(rate, s));
        row.putAll(line.visible(rate, seconds * VISIBLE_SHARE));
        if (Child.number(row, "achieved") < REACHED * Child.number(row, "target")) {
            warn("at " + fraction + " of saturation the target rate was not reached");
        }
        say("at " + fraction + ": " + row);
        return row;
    }
}
