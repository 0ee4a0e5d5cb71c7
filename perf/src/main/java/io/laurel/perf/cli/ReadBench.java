package io.laurel.perf.cli;

import io.laurel.perf.apply.EngineRig;
import io.laurel.perf.apply.Reads;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Mix;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.rival.RedisClient;
import io.laurel.perf.rival.RedisMain;
import io.laurel.perf.rival.RedisServer;
import io.laurel.perf.wire.HttpBoard;
import io.laurel.perf.wire.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads of boards, ours and Redis's. */
@Command(name = "read", description = "Reads of a board: in process on the engine's thread, alone"
    + " and between batches of rounds; over HTTP, one request after another on one connection,"
    + " while a sender sends at a fixed rate; and ZREVRANK and ZREVRANGE of Redis, one command"
    + " after another on one connection, while another one plays rounds as fast as it can.")
final class ReadBench extends Bench {
    private static final double IN_PROCESS_SHARE = 0.5;
    private static final String[] QUERIES = {"rank", "top_100", "around_5"};

    @Mixin
    private NodeOptions node;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "50000",
        description = "Rounds per second beside the reads over HTTP (default: ${DEFAULT-VALUE}).")
    private double rate;

    private final List<Map<String, Object>> rows = new ArrayList<>();

    @Override
    Map<String, Object> run() throws IOException {
        inProcess();
        overHttp();
        if (RedisServer.isInstalled()) {
            ofRedis();
        } else {
            warn("skipped: no redis-server on the path");
        }
        return new LinkedHashMap<>(Map.of("rows", rows, "players", players()));
    }

    private void inProcess() {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        final ContestSet set = new ContestSet(contests(), matched(), BoardMix.USUAL, startNs);
        try (EngineRig rig = new EngineRig((4L << 30) + players() * 1_500, players(), set,
            startNs)) {
            rig.preload(players(), seed());
            Reads.run(rig, set, players(), seed(), seconds() * IN_PROCESS_SHARE)
                .forEach(this::add);
        }
    }

    private void overHttp() throws IOException {
        final double each = seconds() * (1 - IN_PROCESS_SHARE) / 2 / QUERIES.length;
        try (Line line =
            new Line(node.plan(this, contests(), matched(), BoardMix.USUAL), node.data());
            HttpBoard board = new HttpBoard(line.node().http(), line.contests().ids().get(0))) {
            say("preload: " + line.preload());
            final Mix mix = new Mix(seed() + 3);
            final List<Reader> readers = List.of(
                () -> board.get("top=0&me=" + RoundWriter.user(mix.below(players()))),
                () -> board.get("top=100"),
                () -> board.get("top=0&around=5&me=" + RoundWriter.user(mix.below(players()))));
            for (int i = 0; i < QUERIES.length; i++) {
                final CompletableFuture<Void> load = beside(() ->
                    line.rate(rate, each / 4, each));
                measure("laurel", "http", QUERIES[i], load, each / 4, readers.get(i));
            }
        }
    }

    private void ofRedis() throws IOException {
        final double each = seconds() * (1 - IN_PROCESS_SHARE) / 2 / QUERIES.length;
        try (RedisServer server = new RedisServer();
            Child writer = Child.start(RedisMain.class, List.of(), server.socket().toString(),
                Long.toString(players()), Integer.toString(matched()),
                node.distribution().token(), Long.toString(seed()), "64");
            RedisClient client = new RedisClient(server.socket(), 10)) {
            say("preload, Redis: " + writer.ask("preload"));
            final Mix mix = new Mix(seed() + 3);
            final List<Reader> readers = List.of(
                () -> client.ask("ZREVRANK", "board:0",
                    RoundWriter.user(mix.below(players()))),
                () -> client.ask("ZREVRANGE", "board:0", "0", "99", "WITHSCORES"),
                () -> around(client, RoundWriter.user(mix.below(players()))));
            for (int i = 0; i < QUERIES.length; i++) {
                final CompletableFuture<Void> load =
                    beside(() -> writer.ask("same", each / 4, each));
                measure("redis", "unix_socket", QUERIES[i], load, each / 4, readers.get(i));
            }
        }
    }

    private static String around(RedisClient client, String user) throws IOException {
        final long rank = Long.parseLong(client.ask("ZREVRANK", "board:0", user));
        return client.ask("ZREVRANGE", "board:0", Long.toString(Math.max(0, rank - 5)),
            Long.toString(rank + 5), "WITHSCORES");
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Reader {
        Object read() throws IOException;
    }

    private static CompletableFuture<Void> beside(Reader work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.read();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private void measure(String system, String path, String name, CompletableFuture<Void> load,
        double warm, Reader reader) throws IOException {
        final Histogram histogram = new Histogram(3);
        final long from = System.nanoTime() + (long) (warm * 1e9);
        while (!load.isDone()) {
            final long begun = System.nanoTime();
            reader.read();
            if (begun > from) {
                histogram.recordValue(System.nanoTime() - begun);
            }
        }
        load.join();
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        row.put("path", path);
        row.put("read", name);
        row.put("load", "rounds");
        row.put("mean_us", Figures.round(histogram.getMean() / 1e3, 1));
        row.put("p50_us", Figures.micros(histogram.getValueAtPercentile(50)));
        row.put("p99_us", Figures.micros(histogram.getValueAtPercentile(99)));
        row.put("reads", histogram.getTotalCount());
        add(row);
    }

    private void add(Map<String, Object> row) {
        rows.add(row);
        say(String.format("%-7s %-12s %-14s load %-7s mean %9s us  p50 %9s us  p99 %9s us",
            row.get("system"), row.get("path"), row.get("read"), row.get("load"),
            row.get("mean_us"), row.get("p50_us"), row.get("p99_us")));
    }
}
