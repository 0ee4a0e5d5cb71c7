package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.perf.report.Report;
import io.laurel.server.client.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTablesAndPlotsThatCanBeRead() throws Exception {
        final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        results.put("engine", Json.object("""
            {"machine":{"cpu":"x"},"noise":{"before":{"max_us":1}},"rows":[
            {"players":1000,"contests":3,"matched":3,"distribution":"uniform",
            "rounds_per_s":900000,"ns_per_round":1111},
            {"players":1000,"contests":1000,"matched":3,"distribution":"uniform",
            "rounds_per_s":800000,"ns_per_round":1250}]}"""));
        results.put("wire", Json.object("""
            {"saturation_rounds_per_s":100,"at":[
            {"fraction":0.5,"target":50,"p50_us":10,"p99_us":100.5,"p999_us":1000},
            {"fraction":0.75,"target":75,"p50_us":20,"p99_us":200,"p999_us":2000}]}"""));
        new Report(results).write(directory);
        assertTrue(Files.readString(directory.resolve("tables.md"))
            .contains("| 1,000 | 3 | 3 |  | uniform | 900,000 | 1,111 |"));
        assertEquals(1, circles("engine-players.svg"));
        assertEquals(2, circles("engine-contests.svg"));
        assertEquals(6, circles("wire-latency.svg"));
    }

    private int circles(String name) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(directory.resolve(name).toFile()).getElementsByTagName("circle").getLength();
    }
}
