package io.laurel.perf.cli;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.wire.Line;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the benches that start nodes. */
final class NodeOptions {
    @Option(names = "--data", paramLabel = "DIR",
        description = "Where the nodes keep their journals while they run (default: a temporary"
            + " directory).")
    private Path data;

    @Option(names = "--ack", paramLabel = "LEVEL", defaultValue = "durable",
        description = "durable or accepted (default: ${DEFAULT-VALUE}).")
    private String ack;

    @Option(names = "--distribution", paramLabel = "NAME", defaultValue = "uniform",
        description = "uniform or zipf (default: ${DEFAULT-VALUE}).")
    private String distribution;

    @Option(names = "--flush-us", paramLabel = "US", defaultValue = "50",
        description = "Shortest pause of the sender at a fixed rate (default: ${DEFAULT-VALUE}).")
    private long flushUs;

    @Option(names = "-D", paramLabel = "KEY=VALUE",
        description = "Any key of the node's configuration.")
    private List<String> settings = List.of();

    Path data() {
        return data;
    }

    String ack() {
        return ack;
    }

    Distribution distribution() {
        return Words.distribution(distribution);
    }

    /** Returns the plan of a node. */
    Line.Plan plan(Bench bench, int contests, int matched, List<BoardMix> boards) {
        return new Line.Plan(bench.players(), contests, matched, boards,
            distribution(), bench.seed(), Words.ack(ack), flushUs, settings);
    }
}
