package io.laurel.perf.cli;

import io.laurel.perf.apply.EngineRig;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.rival.RedisClient;
import io.laurel.perf.rival.RedisMain;
import io.laurel.perf.rival.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What players, entries and rounds cost in memory. */
@Command(name = "memory", description = "Bytes per player and board after each player's first"
    + " round and after so many further ones: ours by store, for one board of sums and for all"
    + " contests; Redis's for its bare sorted set and for the hashes and sets that do the same as"
    + " our boards. Events that are remembered, and ids of events in Redis, stand apart.")
final class MemoryBench extends Bench {
    private static final List<String> BOARD_STORES = List.of("entries", "trees", "kept_rounds");
    private static final double LEAST_SECONDS = 0.001;

    @Option(names = "--updates", paramLabel = "N", defaultValue = "1000000",
        description = "Rounds after the load (default: ${DEFAULT-VALUE}).")
    private long updates;

    private final List<Map<String, Object>> rows = new ArrayList<>();

    @Override
    Map<String, Object> run() throws IOException {
        ours("total", 1, 1, List.of(BoardMix.TOTAL));
        ours("all", contests(), matched(), BoardMix.USUAL);
        final Map<String, Object> result = new LinkedHashMap<>();
        if (RedisServer.isInstalled()) {
            redis();
            final Map<String, Object> total = rows.get(0);
            final Object bare = rows.stream().filter(row -> row.get("boards").equals("bare"))
                .findFirst().orElseThrow().get("bytes_per_player_and_board");
            result.put("ratio_total_to_bare", ratio(total.get("bytes_per_player_and_board"),
                bare));
            result.put("ratio_total_with_ids_to_bare", ratio(total.get("with_ids"), bare));
        } else {
            warn("skipped: no redis-server on the path");
        }
        result.put("players", players());
        result.put("rows", rows);
        return result;
    }

    private static Object ratio(Object top, Object bottom) {
        return Figures.round(((Number) top).doubleValue() / ((Number) bottom).doubleValue(), 3);
    }

    private void ours(String name, int contests, int matched, List<BoardMix> boards) {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        final ContestSet set = new ContestSet(contests, matched, boards, startNs);
        final long memory = (2L << 30) + players() * 1_500 + updates * 400;
        try (EngineRig rig = new EngineRig(memory, players(), set, startNs)) {
            rig.preload(players(), seed());
            add(row(rig, name, matched, "load"));
            final Rounds series =
                rig.series(seed() + 1, Distribution.UNIFORM.among(players()));
            for (long left = updates; left > 0; left -= EngineRig.CHUNK) {
                rig.play(series, (int) Math.min(left, EngineRig.CHUNK));
            }
            add(row(rig, name, matched, "updates"));
        }
    }

    private Map<String, Object> row(EngineRig rig, String name, int matched, String after) {
        final Map<String, Long> stores = rig.status().memoryBytes();
        final long board = BOARD_STORES.stream().mapToLong(stores::get).sum();
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", "laurel");
        row.put("boards", name);
        row.put("after", after);
        row.put("bytes_per_player_and_board", per(board, players() * matched));
        row.put("with_ids", per(board + stores.get("players"), players() * matched));
        row.put("bytes_per_player", per(board + stores.get("players"), players()));
        row.put("bytes_per_event", per(stores.get("events"), rig.rounds()));
        final Map<String, Object> by = new LinkedHashMap<>();
        stores.forEach(by::put);
        row.put("stores", by);
        return row;
    }

    private static Object per(double bytes, double count) {
        return Figures.round(bytes / count, 1);
    }

    private void redis() throws IOException {
        try (RedisServer server = new RedisServer();
            RedisClient client = new RedisClient(server.socket(), 10);
            Child writer = Child.start(RedisMain.class, List.of(), server.socket().toString(),
                Long.toString(players()), Integer.toString(matched()), "uniform",
                Long.toString(seed()), "4096")) {
            final long empty = client.usedBytes();
            writer.ask("load", "ids");
            final long ids = client.usedBytes() - empty;
            writer.ask("load", "bare");
            final long bare = client.usedBytes() - empty - ids;
            writer.ask("load", "boards");
            final long same = client.usedBytes() - empty - ids - bare;
            addRedis("bare", "load", bare, 1, ids, players());
            addRedis("all", "load", same, matched(), ids, players());
            writer.ask("count", Math.max(1, updates));
            final long all = client.usedBytes() - empty - bare;
            // what an id costs was measured with the load
            final double remembered = (double) ids / players() * (players() + updates);
            addRedis("all", "updates", (long) (all - remembered), matched(),
                (long) remembered, players() + updates);
        }
    }

    private void addRedis(String boards, String after, long bytes, int matched, long idBytes,
        long events) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", "redis");
        row.put("boards", boards);
        row.put("after", after);
        row.put("bytes_per_player_and_board", per(bytes, players() * matched));
        row.put("bytes_per_player", per(bytes, players()));
        row.put("bytes_per_event", per(idBytes, events));
        add(row);
    }

    private void add(Map<String, Object> row) {
        rows.add(row);
        say(String.format("%-7s %-6s after %-8s %8s B per player and board, %8s B per player,"
            + " %6s B per event", row.get("system"), row.get("boards"), row.get("after"),
            row.get("bytes_per_player_and_board"), row.get("bytes_per_player"),
            row.get("bytes_per_event")));
    }

    @Override
    double defaultSeconds() {
        return LEAST_SECONDS;
    }
}
