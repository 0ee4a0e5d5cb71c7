package io.laurel.perf.cli;

import io.laurel.journal.ThreadCores;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.machine.Machine;
import io.laurel.perf.wire.Line;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the benches that start nodes. */
final class NodeOptions {
    private static final double MOST_ROUNDS_PER_SECOND = 350_000;
    private static final long PLAYER_BYTES = 1_000;
    private static final long ROUND_BYTES = 200;
    /** Two nodes, and what is left for everything else. */
    private static final int SHARE = 3;

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

    @Option(names = "--engine-core", paramLabel = "N", defaultValue = "auto",
        description = "Core that belongs to the engine (cores.engine of the node): the node's"
            + " other threads and the sender keep off it. auto: the one with the fewest interrupts,"
            + " where there are two; none: the system decides (default: ${DEFAULT-VALUE}).")
    private String engineCore;

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

    /**
     * Returns the plan of a node that has mapped, before it begins, what its state will need: on
     * a machine that is given memory late, that costs 5 ms of a core for each 2 MiB, which belongs
     * to the machine. Where the size of the state is given by hand, so is this.
     */
    Line.Plan planMapped(Bench bench, int contests, int matched, List<BoardMix> boards) {
        final Line.Plan plan = plan(bench, contests, matched, boards);
        if (settings.stream().anyMatch(setting -> setting.startsWith("limits.memory=")
            || setting.startsWith("memory.mapped="))) {
            return plan;
        }
        final double rounds = (bench.seconds() + Line.MOST_WARM_SECONDS) * MOST_ROUNDS_PER_SECOND;
        final long wanted = (long) (bench.players() * PLAYER_BYTES + rounds * ROUND_BYTES);
        final List<String> more = new ArrayList<>(settings);
        more.add("memory.mapped=" + (Math.min(Math.min(wanted, Line.stateBytes(bench.players())),
            Machine.availableBytes() / SHARE) >> 20) + "MiB");
        return new Line.Plan(plan.players(), contests, matched, boards, plan.distribution(),
            plan.seed(), plan.ack(), plan.flushUs(), plan.engineCore(), more);
    }

    private int engineCore() {
        if (engineCore.equals("none")) {
            return Line.ANY_CORE;
        }
        if (engineCore.equals("auto")) {
            try {
                return ThreadCores.quietest();
            } catch (IOException e) {
                // one core, or a system that does not tell
                return Line.ANY_CORE;
            }
        }
        if (!engineCore.matches("[0-9]{1,4}")) {
            throw new CommandFailure(ExitCode.USAGE, "--engine-core is auto, none or a number,"
                + " not '" + engineCore + "'");
        }
        return Integer.parseInt(engineCore);
    }

    /** Returns the plan of a node. */
    Line.Plan plan(Bench bench, int contests, int matched, List<BoardMix> boards) {
        return new Line.Plan(bench.players(), contests, matched, boards,
            distribution(), bench.seed(), Words.ack(ack), flushUs,
            engineCore(), settings);
    }
}
