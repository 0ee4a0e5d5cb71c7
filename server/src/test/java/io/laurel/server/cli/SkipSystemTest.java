package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import io.laurel.server.client.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator passes a command; from then on it counts for nobody. */
final class SkipSystemTest {
    @TempDir
    private Path directory;
    private Path data;

    @BeforeEach
    void place() {
        data = directory.resolve("data");
    }

    /** Has a node count three rounds and stop; returns the sequence of the second one. */
    private String secondOfThree() throws Exception {
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            CountedRounds.publish(node, directory);
            sendThree(node);
            assertEquals(3, CountedRounds.counted(node));
            assertEquals(0, node.stop());
        }
        return dump(data).stream()
            .filter(line -> "e_2".equals(line.get("event_id"))).findFirst().orElseThrow()
            .get("sequence").toString();
    }

    @Test
    void shouldPassACommandOnceAndForAllWhenTheOperatorSaysSo() throws Exception {
        // the middle one: the session goes on behind the place that is passed
        final String sequence = secondOfThree();
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event", "--skip", sequence,
            "--reason", "it cannot be applied").awaitReady()) {
            assertEquals(2, CountedRounds.counted(node));
            assertEquals(0, node.stop());
        }
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            assertEquals(2, CountedRounds.counted(node));
            assertEquals(node.stateRoot(), Json.object(laurel("replay", "state", "--data",
                data.toString(), "--to", node.sequence(), "--from-beginning", "--json").out())
                .get("state_root"));
            assertEquals(0, node.stop());
        }
        assertTrue(dump(data).stream().anyMatch(line -> "SkipCommand".equals(line.get("command"))
            && line.get("skipped").toString().equals(sequence)
            && line.get("actor").equals("os:" + System.getProperty("user.name"))
            && line.get("reason").equals("it cannot be applied")));
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event", "--skip", "99999")) {
            assertEquals(64, node.awaitExit());
            assertTrue(node.errors().contains("no command 99999 to skip"), node.errors());
        }
    }

    @Test
    void shouldNotComeBackToASnapshotThatHoldsWhatWasPassedSince() throws Exception {
        final String sequence = secondOfThree();
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event", "--skip", sequence)
            .awaitReady()) {
            assertEquals(2, CountedRounds.counted(node));
            node.kill();
        }
        // the newest snapshot is older than the order, and the command is in it
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            assertEquals(2, CountedRounds.counted(node));
            assertEquals(node.stateRoot(), Json.object(laurel("replay", "state", "--data",
                data.toString(), "--to", node.sequence(), "--from-beginning", "--json").out())
                .get("state_root"));
            assertEquals(0, node.stop());
        }
        assertEquals(0, laurel("replay", "verify", "--data", data.toString()).exitCode());
    }

    private static void sendThree(NodeProcess node) throws IOException {
        final CountedRounds rounds = new CountedRounds();
        try (SbeClient client = SbeClient.connect(ClientSettings.of(node.tcp(), null, 79, 1),
            ClientListener.NONE)) {
            for (long number = 1; number <= 3; number++) {
                client.offer(rounds.buffer(), 0, rounds.encode(number));
            }
            assertTrue(client.finish(TimeUnit.SECONDS.toMillis(30)));
        }
    }

    private static List<Map<String, Object>> dump(Path data) {
        return laurel("replay", "dump", "--data", data.toString(), "--format", "jsonl").out()
            .lines().map(Json::object).toList();
    }
}
