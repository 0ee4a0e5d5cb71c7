package io.laurel.perf.cli;

import io.laurel.perf.machine.JsonText;
import io.laurel.perf.machine.Machine;
import io.laurel.perf.machine.NoiseFloor;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all benches have in common: options, the description of the machine and its noise around
 * the run, warnings, and the result as text or as one line of JSON.
 */
abstract class Bench implements Callable<Integer> {
    private static final int MOST_PLAYERS = 100_000_000;
    private static final int MOST_CONTESTS = 10_000;
    private static final int MOST_MATCHED = 64;

    @Option(names = "--players", paramLabel = "N", description = "Players who take part.")
    private Long players;

    @Option(names = "--contests", paramLabel = "N", description = "Contests that are live.")
    private Integer contests;

    @Option(names = "--matched", paramLabel = "N",
        description = "How many of them take each round (default: 3).")
    private Integer matched;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the made-up rounds (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seconds", paramLabel = "S",
        description = "How long to measure altogether; preload and warm-up come on top.")
    private Double seconds;

    @Option(names = "--json", description = "Print one line of JSON as the last one.")
    private boolean json;

    @Option(names = "--noise-ms", paramLabel = "MS", defaultValue = "1000",
        description = "How long to look at the machine alone, before and after (default:"
            + " ${DEFAULT-VALUE}).")
    private long noiseMs;

    @Spec
    private CommandSpec spec;

    private final List<String> warnings = new ArrayList<>();

    @Override
    public final Integer call() throws Exception {
        if (players() < 1 || players() > MOST_PLAYERS || contests() < 1
            || contests() > MOST_CONTESTS || matched() < 1 || matched() > contests()
            || matched() > MOST_MATCHED || seconds() <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--players goes to " + MOST_PLAYERS
                + ", --contests to " + MOST_CONTESTS + ", --matched to the contests and "
                + MOST_MATCHED + ", all from 1 on");
        }
        final Machine machine = Machine.here();
        say("machine: " + machine);
        if (machine.cores() < Machine.ENOUGH_CORES) {
            warn(machine.cores() + " cores: what is measured shares them with what measures");
        }
        final NoiseFloor before = NoiseFloor.measure(noiseMs);
        say("noise before: " + JsonText.of(before.json()));
        final Map<String, Object> result = new LinkedHashMap<>(run());
        final NoiseFloor after = NoiseFloor.measure(noiseMs);
        say("noise after: " + JsonText.of(after.json()));
        result.put("machine", machine.json());
        result.put("noise", Map.of("before", before.json(), "after", after.json()));
        result.put("warnings", warnings);
        warnings.forEach(warning -> say("warning: " + warning));
        if (json) {
            spec.commandLine().getOut().println(JsonText.of(result));
        }
        return ExitCode.DONE.code();
    }

    /** Measures, prints by {@link #say}, and returns what stands in the JSON. */
    abstract Map<String, Object> run() throws Exception;

    /** Prints a line for people: to the error stream where the output is for machines. */
    final void say(String line) {
        final PrintWriter to =
            json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        to.println(line);
        to.flush();
    }

    /** Notes why figures mean less than they seem. */
    final void warn(String warning) {
        warnings.add(warning);
    }

    final long players() {
        return players == null ? defaultPlayers() : players;
    }

    final boolean hasPlayers() {
        return players != null;
    }

    final int contests() {
        return contests == null ? Math.max(3, matched()) : contests;
    }

    final int matched() {
        if (matched != null) {
            return matched;
        }
        return contests == null ? 3 : Math.min(3, contests);
    }

    final boolean hasContests() {
        return contests != null || matched != null;
    }

    final long seed() {
        return seed;
    }

    final double seconds() {
        return seconds == null ? defaultSeconds() : seconds;
    }

    final boolean hasSeconds() {
        return seconds != null;
    }

    long defaultPlayers() {
        return 1_000_000;
    }

    double defaultSeconds() {
        return 20;
    }
}
