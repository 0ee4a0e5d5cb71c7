package io.laurel.perf.cli;

import picocli.CommandLine.Command;

/** The root of the benches. */
@Command(name = "bench", description = "Measure the node, its parts and a rival on this machine.",
    synopsisSubcommandLabel = "BENCH",
    subcommands = {EngineBench.class, WireBench.class, RivalBench.class, ReadBench.class,
        MemoryBench.class, RecoveryBench.class, SnapshotBench.class,
        ReportBench.class})
public final class BenchCommand {
}
