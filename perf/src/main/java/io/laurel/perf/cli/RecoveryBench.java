package io.laurel.perf.cli;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.proc.Node;
import io.laurel.perf.rival.RedisClient;
import io.laurel.perf.rival.RedisMain;
import io.laurel.perf.rival.RedisServer;
import io.laurel.perf.wire.Line;
import io.laurel.server.client.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a restart takes. */
@Command(name = "recovery", description = "A node is killed after so many events and started again"
    + " from its log; then stopped in order, which takes a snapshot, and started from that; killed"
    + " once more with events behind a snapshot; the"
    + " times are those of the ready line: load, verify and replay, compute the state root. Beside"
    + " it, Redis is started on its append-only file after as many of the same rounds.")
final class RecoveryBench extends Bench {
    private static final double LEAST_SECONDS = 0.001;
    private static final int LOAD_SECONDS = 600;
    private static final long LOOK_NS = 20_000_000;

    @Mixin
    private NodeOptions node;

    @Option(names = "--events", paramLabel = "N", split = ",", defaultValue = "1000000,10000000",
        description = "Events in the log, the players' first ones included (default:"
            + " ${DEFAULT-VALUE}).")
    private List<Long> events;

    @Option(names = "--redis-events", paramLabel = "N", defaultValue = "1000000",
        description = "Most rounds played into Redis, which takes them more slowly (default:"
            + " ${DEFAULT-VALUE}).")
    private long redisEvents;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "1000000",
        description = "Events behind a snapshot that is taken once the players are in; 0 = leave"
            + " it out (default: ${DEFAULT-VALUE}).")
    private long tail;

    private final List<Map<String, Object>> rows = new ArrayList<>();

    @Override
    Map<String, Object> run() throws IOException, InterruptedException {
        for (final long count : events) {
            ours(count);
        }
        if (tail > 0) {
            tail();
        }
        if (RedisServer.isInstalled()) {
            redis(Math.min(redisEvents, events.get(0)));
        } else {
            warn("skipped: no redis-server on the path");
        }
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("players", players());
        result.put("rows", rows);
        return result;
    }

    private void ours(long count) throws IOException, InterruptedException {
        try (Line line =
            new Line(node.plan(this, contests(), matched(), BoardMix.USUAL), node.data())) {
            line.preload();
            if (count > players()) {
                say("played: " + line.count(count - players()));
            }
            final Path directory = line.node().directory();
            final Node replayed = line.restart(false);
            final Map<String, Object> slow =
                row("laurel", "log", replayed.sequence(), replayed.recoveredMs());
            slow.putAll(replayed.recovery());
            add(slow);
            final Node loaded = line.restart(true);
            final Map<String, Object> state = Json.asObject(
                loaded.status().get("memory_bytes"));
            long stateBytes = 0;
            for (final Object store : state.values()) {
                stateBytes += ((BigDecimal) store).longValue();
            }
            final Map<String, Object> fast = row("laurel", "snapshot", loaded.sequence(),
                loaded.recoveredMs());
            fast.put("state_bytes", stateBytes);
            fast.put("file_bytes", bytes(directory.resolve("snapshots")));
            fast.put("gb_per_s", Figures.round(
                stateBytes / 1e6 / Math.max(1, loaded.recovery().get("load_ms")), 3));
            fast.putAll(loaded.recovery());
            add(fast);
        }
    }

    /** A snapshot, events behind it, a kill, and a start from both. */
    private void tail() throws IOException, InterruptedException {
        try (Line line =
            new Line(node.plan(this, contests(), matched(), BoardMix.USUAL), node.data())) {
            line.preload();
            final long deadline = System.nanoTime() + LOAD_SECONDS * 1_000_000_000L;
            boolean ordered = false;
            while (line.node().metric("laurel_snapshot_sequence").signum() == 0) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("no snapshot was written");
                }
                ordered = ordered || line.node().orderSnapshot().isOk();
                LockSupport.parkNanos(LOOK_NS);
            }
            say("played behind the snapshot: " + line.count(tail));
            final Node restarted = line.restart(false);
            final Map<String, Object> row = row("laurel", "snapshot and tail",
                restarted.sequence(), restarted.recoveredMs());
            final Map<String, Long> steps = restarted.recovery();
            row.put("events_per_s", Math.round(
                steps.get("records") * 1e3 / Math.max(1, steps.get("replay_ms"))));
            row.putAll(steps);
            add(row);
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            long sum = 0;
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private void redis(long count) throws IOException, InterruptedException {
        try (RedisServer server = new RedisServer()) {
            try (Child writer = Child.start(RedisMain.class, List.of(),
                server.socket().toString(), Long.toString(players()),
                Integer.toString(matched()), "uniform", Long.toString(seed()), "4096")) {
                writer.ask("preload");
                if (count > players()) {
                    say("played, Redis: " + writer.ask("count", count - players()));
                }
            }
            server.stop();
            final long begun = System.nanoTime();
            server.start();
            try (RedisClient client = new RedisClient(server.socket(), LOAD_SECONDS)) {
                client.awaitLoaded(LOAD_SECONDS);
                if (!client.ask("ZCARD", "board:0").equals(Long.toString(players()))) {
                    throw new IOException("Redis has not loaded what was played");
                }
                final Map<String, Object> row = row("redis", "append-only file", count,
                    (System.nanoTime() - begun) / 1_000_000);
                row.put("log_bytes", server.logBytes());
                add(row);
            }
        }
    }

    private static Map<String, Object> row(String system, String from, long count, long ms) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        row.put("from", from);
        row.put("events", count);
        row.put("recovered_ms", ms);
        row.put("events_per_s", Math.round(count * 1e3 / Math.max(1, ms)));
        return row;
    }

    private void add(Map<String, Object> row) {
        rows.add(row);
        say(row.toString());
    }

    @Override
    long defaultPlayers() {
        return 100_000;
    }

    @Override
    double defaultSeconds() {
        return LEAST_SECONDS;
    }
}
