package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laurel.perf.rival.RedisServer;
import io.laurel.server.client.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RivalBenchTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveRatiosWhenThereIsARival() {
        assumeTrue(RedisServer.isInstalled(), "no redis-server on the path");
        final Map<String, Object> result = BenchRun.of("rival", "--players", "300", "--seconds",
            "1.2", "--data", directory.toString(), "-D", "journal.low_space=16MiB", "-D",
            "journal.segment=16MiB", "-D", "limits.memory=256MiB");
        assertTrue(perSecond(result, "ours", "rounds_per_s") > 0);
        assertTrue(perSecond(result, "ours_one_board", "rounds_per_s") > 0);
        assertTrue(perSecond(result, "redis_same_work", "rounds_per_s") > 0);
        assertTrue(perSecond(result, "redis_bare", "ops_per_s") > 0);
        assertTrue(BenchRun.number(result, "ratio_same_work") > 0);
        assertTrue(BenchRun.number(result, "ratio_bare") > 0);
        assertTrue(result.get("redis_version").toString().matches("[0-9.]+"));
    }

    private static double perSecond(Map<String, Object> result, String name, String unit) {
        return BenchRun.number(Json.asObject(result.get(name)), unit);
    }
}
