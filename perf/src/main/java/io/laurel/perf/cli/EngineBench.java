package io.laurel.perf.cli;

import io.laurel.perf.apply.EngineCase;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Applies rounds in process: no network, no journal, one thread. */
@Command(name = "engine", description = "Apply rounds in process, in batches like those of the"
    + " pipeline, without journal and network. Without --players and --contests: a table over"
    + " players, contests, kinds of board and distributions. The rounds are made beforehand,"
    + " 16,384 at a time; making them is not measured. Their time moves on as fast as they are"
    + " applied. At 10,000,000 players nobody plays more than 4.")
final class EngineBench extends Bench {
    private static final double SECONDS_PER_ROW = 5;
    private static final long[] LADDER = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};
    private static final int TABLE_ROWS = LADDER.length + 5 + BoardMix.values().length;

    @Option(names = "--distribution", paramLabel = "NAME", defaultValue = "uniform",
        description = "uniform or zipf (default: ${DEFAULT-VALUE}).")
    private String distribution;

    @Option(names = "--boards", paramLabel = "TYPE", split = ",",
        description = "Types of the contests, taken in turn (default: total, best_n_rounds,"
            + " max_multiplier).")
    private List<String> boards;

    @Override
    Map<String, Object> run() {
        final List<EngineCase> cases = cases(seconds());
        final List<Map<String, Object>> rows = new ArrayList<>();
        say(String.format("%10s %8s %7s %-36s %-8s %12s %9s %9s %7s %12s", "players",
            "contests", "matched", "boards", "chosen", "rounds/s", "ns/round", "cpu ns",
            "B/round", "remembered"));
        for (final EngineCase one : cases) {
            final Map<String, Object> row = one.run();
            rows.add(row);
            say(String.format("%,10d %8d %7d %-36s %-8s %,12d %,9d %,9d %7s %,12d",
                one.players(), one.contests(), one.matched(), String.join(",",
                one.boards().stream().map(BoardMix::token).toList()),
                one.distribution().token(), (Long) row.get("rounds_per_s"),
                (Long) row.get("ns_per_round"), (Long) row.get("cpu_ns_per_round"),
                row.get("allocated_bytes_per_round"), (Long) row.get("dedupe_population")));
        }
        return Map.of("rows", rows);
    }

    private List<EngineCase> cases(double seconds) {
        final List<EngineCase> cases = new ArrayList<>();
        final Distribution how = Words.distribution(distribution);
        final List<BoardMix> types = boards == null ? BoardMix.USUAL
            : boards.stream().map(Words::board).toList();
        if (hasPlayers() || hasContests()) {
            cases.add(new EngineCase(players(), contests(), matched(), types, how, seed(),
                hasSeconds() ? seconds : SECONDS_PER_ROW));
            return cases;
        }
        final double each = hasSeconds() ? seconds / TABLE_ROWS : SECONDS_PER_ROW;
        for (final long players : LADDER) {
            cases.add(new EngineCase(players, 3, 3, types, how, seed(), each));
        }
        final long usual = players();
        cases.add(new EngineCase(usual, 3, 3, types, Distribution.ZIPF, seed(), each));
        cases.add(new EngineCase(usual, 1, 1, types, how, seed(), each));
        cases.add(new EngineCase(usual, 10, 10, types, how, seed(), each));
        cases.add(new EngineCase(usual, 100, 3, types, how, seed(), each));
        cases.add(new EngineCase(usual, 1_000, 3, types, how, seed(), each));
        for (final BoardMix type : BoardMix.values()) {
            cases.add(new EngineCase(usual, 1, 1, List.of(type), how, seed(), each));
        }
        return cases;
    }

}
