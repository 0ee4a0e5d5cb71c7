package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node explains scores over HTTP as {@code replay explain} does from its files. */
final class ExplainSystemTest {
    private static final int ROUNDS = 700;

    @TempDir
    private Path directory;

    @Test
    void shouldSayTheSameAsTheTool() throws Exception {
        final Path data = directory.resolve("data");
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            CountedRounds.publish(node, directory);
            final List<String> lines = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                lines.add(CountedRounds.json(i));
            }
            final Path file = Files.write(directory.resolve("rounds.jsonl"), lines);
            final Said sent = laurel("send", file.toString(), "--to", node.tcpText());
            assertEquals(0, sent.exitCode(), sent.err());

            final NodeClient client = new NodeClient(URI.create(node.admin()), null);
            final NodeClient.Answer answer = client.send("GET", "/v1/admin/contests/"
                + CountedRounds.CONTEST + "/players/u_3/explain", null, "");
            assertEquals(200, answer.status(), answer.body());
            final String sequence = Json.object(answer.body()).get("sequence").toString();
            // a read that begins after send has ended reflects what was sent
            assertTrue(Long.parseLong(sequence)
                >= Long.parseLong(Json.object(sent.lastLine()).get("last_sequence").toString()));
            final Said said = laurel("replay", "explain", CountedRounds.CONTEST, "u_3", "--data",
                data.toString(), "--at", sequence, "--json");
            assertEquals(0, said.exitCode(), said.err());
            assertEquals(said.out().strip(),
                answer.body().replace("\"sequence\":" + sequence + ",\"score\"", "\"score\""));
            assertEquals(ROUNDS / 7,
                Json.asObjects(Json.object(answer.body()).get("rounds")).size());
            assertEquals(404, client.send("GET", "/v1/admin/contests/t_none/players/u_3/explain",
                null, "").status());
            assertEquals(0, node.stop(), node.errors());
        }
        assertEndsWithItsReader(data);
    }

    /** What is printed is more than a pipe holds, and somebody reads one line of it. */
    private static void assertEndsWithItsReader(Path data) throws Exception {
        final Process dump = new ProcessBuilder(NodeProcess.command("replay", "dump", "--data",
            data.toString())).start();
        try (BufferedReader lines = dump.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(lines.readLine().startsWith("1 1970-01-01T00:00:00Z Genesis "));
        }
        assertTrue(dump.waitFor(30, TimeUnit.SECONDS), "it does not end");
        assertEquals("", new String(dump.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, dump.exitValue());
    }
}
