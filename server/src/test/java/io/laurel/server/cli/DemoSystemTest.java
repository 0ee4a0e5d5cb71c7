package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.client.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as it is shown, only smaller. */
final class DemoSystemTest {
    @TempDir
    private Path directory;

    @Test
    void shouldPlayTheHourAndLeaveALogThatGivesTheSameBoards() {
        final Path data = directory.resolve("data");
        final NodeProcess.Said said = NodeProcess.laurel("demo", "--once", "--seconds", "0",
            "--players", "40", "--data", data.toString());
        assertEquals(0, said.exitCode(), said.err());
        assertTrue(said.out().contains("A node runs in " + data), said.out());
        assertTrue(said.out().contains("October Sprint, the best 20 rounds"), said.out());
        assertTrue(said.out().contains("As u_"), said.out());
        assertTrue(said.out().contains("acknowledged as forced to disk after (ms): p50"),
            said.out());
        assertTrue(said.out().contains("rate_limited"), said.out());

        final NodeProcess.Said board = NodeProcess.laurel("replay", "board", "t_october_sprint",
            "--data", data.toString());
        final String first = board.out().lines().skip(2).findFirst().orElseThrow();
        final String shown = said.out().lines().filter(line -> line.startsWith("  1  "))
            .findFirst().orElseThrow();
        assertEquals(shown.replaceAll(" +", " "), first.replaceAll(" +", " "));
        assertEquals("t_october_sprint", Json.asObjects(Json.object(NodeProcess.laurel("replay",
            "state", "--data", data.toString(), "--json").out()).get("contests")).get(0)
            .get("id"));
    }
}
