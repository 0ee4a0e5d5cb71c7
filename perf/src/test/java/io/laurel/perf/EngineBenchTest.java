package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.client.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineBenchTest {
    @Test
    void shouldGiveOneRowWhenPlayersAreNamed() {
        final Map<String, Object> result = BenchRun.of("engine", "--players", "500",
            "--contests", "20", "--matched", "3", "--seconds", "0.05", "--distribution", "zipf");
        final List<Map<String, Object>> rows = Json.asObjects(result.get("rows"));
        assertEquals(1, rows.size());
        final Map<String, Object> row = rows.get(0);
        assertEquals(new BigDecimal(500), row.get("players"));
        assertEquals(new BigDecimal(20), row.get("contests"));
        assertEquals(new BigDecimal(3), row.get("matched"));
        assertEquals("zipf", row.get("distribution"));
        assertTrue(((BigDecimal) row.get("rounds_per_s")).signum() > 0);
        // the bench would have failed, had one round not been accepted; all of them are remembered
        final BigDecimal played = (BigDecimal) row.get("rounds");
        assertTrue(played.compareTo((BigDecimal) row.get("dedupe_population")) < 0);
        assertTrue(Json.asObject(result.get("machine")).containsKey("cpu"));
        assertTrue(Json.asObject(Json.asObject(result.get("noise")).get("before"))
            .keySet().containsAll(List.of("max_us", "memory_ns")));
    }
}
