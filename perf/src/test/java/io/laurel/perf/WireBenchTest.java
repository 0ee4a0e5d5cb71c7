package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.client.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireBenchTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveSaturationAndLatenciesWhenSmall() {
        final Map<String, Object> result = BenchRun.of("wire", "--players", "300", "--seconds",
            "1.5", "--data", directory.toString(), "-D", "journal.low_space=16MiB", "-D",
            "journal.segment=16MiB", "-D", "limits.memory=256MiB");
        assertTrue(BenchRun.number(result, "saturation_rounds_per_s") > 0);
        final List<Map<String, Object>> at = Json.asObjects(result.get("at"));
        assertEquals(List.of(0.1, 0.25, 0.5, 0.75),
            at.stream().map(row -> BenchRun.number(row, "fraction")).toList());
        for (final Map<String, Object> row : at) {
            assertTrue(BenchRun.number(row, "achieved") > 0);
            assertTrue(BenchRun.number(row, "p50_us") > 0);
            assertTrue(BenchRun.number(row, "p50_us") <= BenchRun.number(row, "p99_us"));
            assertTrue(BenchRun.number(row, "p99_us") <= BenchRun.number(row, "p999_us"));
            assertTrue(BenchRun.number(row, "p999_us") <= BenchRun.number(row, "max_us"));
            assertTrue(row.get("target") instanceof BigDecimal);
        }
        // each was sent once, and the node took it
        assertTrue(BenchRun.number(result, "dedupe_population") > 300);
    }
}
