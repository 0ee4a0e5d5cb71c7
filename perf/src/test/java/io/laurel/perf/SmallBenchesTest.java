package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.perf.rival.RedisServer;
import io.laurel.server.client.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallBenchesTest {
    private static final String[] SMALL_NODE = {"-D", "journal.low_space=16MiB", "-D",
        "journal.segment=16MiB", "-D", "limits.memory=256MiB"};

    @TempDir
    private Path directory;

    private Map<String, Object> run(String... arguments) {
        final String[] all = new String[arguments.length + SMALL_NODE.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(SMALL_NODE, 0, all, arguments.length, SMALL_NODE.length);
        all[all.length - 2] = "--data";
        all[all.length - 1] = directory.toString();
        return BenchRun.of(all);
    }

    private static Set<String> systems(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("system").toString()).collect(Collectors.toSet());
    }

    private static Set<String> expected() {
        return RedisServer.isInstalled() ? Set.of("laurel", "redis") : Set.of("laurel");
    }

    @Test
    void shouldTimeReadsOfBothSystems() {
        final List<Map<String, Object>> rows = Json.asObjects(run("read", "--players", "300",
            "--seconds", "0.8", "--rate", "500").get("rows"));
        assertEquals(expected(), systems(rows));
        assertEquals(Set.of("rank_by_index", "rank_by_id", "top_100", "around_5", "rank"),
            rows.stream().map(row -> row.get("read").toString()).collect(Collectors.toSet()));
        rows.forEach(row -> assertTrue(BenchRun.number(row, "p50_us") > 0, row.toString()));
    }

    @Test
    void shouldWeighPlayersOfBothSystems() {
        final Map<String, Object> result =
            BenchRun.of("memory", "--players", "2000", "--updates", "500");
        final List<Map<String, Object>> rows = Json.asObjects(result.get("rows"));
        assertEquals(expected(), systems(rows));
        rows.forEach(row -> assertTrue(
            BenchRun.number(row, "bytes_per_player_and_board") > 16, row.toString()));
        assertEquals(RedisServer.isInstalled(), result.containsKey("ratio_total_to_bare"));
    }

    @Test
    void shouldRestartFromLogAndFromSnapshot() {
        final List<Map<String, Object>> rows = Json.asObjects(run("recovery", "--players",
            "200", "--events", "500", "--tail", "300", "--redis-events", "300").get("rows"));
        assertEquals(expected(), systems(rows));
        // Genesis, source, session and the contests stand in the log beside the events
        assertTrue(BenchRun.number(rows.get(0), "events") > 500);
        assertEquals(List.of("log", "snapshot", "snapshot and tail"),
            rows.stream().limit(3).map(row -> row.get("from")).toList());
        assertEquals(BenchRun.number(rows.get(0), "events"),
            BenchRun.number(rows.get(0), "records"));
        assertTrue(BenchRun.number(rows.get(2), "records") >= 300);
        rows.forEach(row -> assertTrue(BenchRun.number(row, "recovered_ms") > 0));
    }

    @Test
    void shouldTakeSnapshotsUnderLoad() {
        final Map<String, Object> apply = Json.asObject(run("snapshot", "--players", "300",
            "--seconds", "1", "--apply-only").get("apply"));
        assertTrue(BenchRun.number(apply, "images") > 0);
        assertTrue(BenchRun.number(apply, "file_bytes") > 0);
        assertTrue(BenchRun.number(Json.asObject(apply.get("pause")), "count") > 0);
        assertTrue(BenchRun.number(apply, "p99_ratio") > 0);
    }

    @Test
    void shouldMeasureANodeBesideASnapshot() {
        final Map<String, Object> result =
            run("snapshot", "--players", "300", "--seconds", "0.6", "--wire-only");
        for (final String ack : List.of("accepted", "durable")) {
            final Map<String, Object> part = Json.asObject(result.get(ack));
            final List<String> phases = Json.asObjects(part.get("rows")).stream()
                .map(row -> row.get("phase").toString()).toList();
            final List<String> with = phases.stream()
                .filter(phase -> !phase.equals("without")).toList();
            assertEquals("until_the_cut", with.get(0));
            assertEquals(24, BenchRun.number(Json.asObject(part.get("without")), "turns"));
            assertEquals(with.size(), BenchRun.number(Json.asObject(part.get("with")), "turns"));
            assertEquals(24 + with.size(), phases.size());
            assertTrue(BenchRun.number(part, "p99_ratio") > 0);
            assertEquals(2, ((List<?>) part.get("p99_ratio_range")).size());
        }
    }
}
