package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.demo.Demo;
import io.laurel.server.demo.RoundGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the whole does, without any set-up. */
@Command(name = "demo", description = "Start a node, publish contests, play an hour of made-up"
    + " rounds over SBE/TCP and show what comes of it.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR",
        description = "Data directory (default: a temporary one, removed at the end).")
    private Path data;

    @Option(names = "--once", description = "End when the hour is over instead of staying up.")
    private boolean once;

    @Option(names = "--players", paramLabel = "N", defaultValue = "400",
        description = "Players who take part (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "15",
        description = "How long the hour takes; 0 = as fast as possible (default:"
            + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the made-up rounds (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--write", paramLabel = "FILE",
        description = "Only write the rounds as JSON Lines, for laurel send.")
    private Path write;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (players < 1 || players > 100_000 || seconds < 0) {
            throw new CommandFailure(ExitCode.USAGE,
                "--players goes from 1 to 100000, --seconds from 0 on");
        }
        if (write != null) {
            write();
            return ExitCode.DONE.code();
        }
        final Path directory = data == null ? Files.createTempDirectory("laurel-demo") : data;
        final Demo demo = new Demo(directory, spec.commandLine().getOut(),
            System.console() != null);
        if (!once) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                end(demo, directory);
                Runtime.getRuntime().halt(ExitCode.DONE.code());
            }, "laurel-stop"));
        }
        try {
            demo.play(seed, players, seconds);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
        } finally {
            if (once) {
                end(demo, directory);
            }
        }
        if (!once) {
            demo.showWhere();
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE.code();
    }

    private void write() {
        try (BufferedWriter to = Files.newBufferedWriter(write)) {
            final RoundGenerator rounds = new RoundGenerator(seed, players);
            while (rounds.hasNext()) {
                to.write(rounds.next().json());
                to.newLine();
            }
        } catch (IOException e) {
            throw CommandFailure.ofWriting(write, e);
        }
    }

    private void end(Demo demo, Path directory) {
        demo.close();
        if (data == null) {
            try (Stream<Path> files = Files.walk(directory)) {
                final List<Path> all =
                    files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
                for (final Path file : all) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                spec.commandLine().getErr().println(directory + " is left behind: " + e);
            }
        }
    }
}
