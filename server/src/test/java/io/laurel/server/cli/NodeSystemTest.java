package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in a process of its own, used as its users use it. */
final class NodeSystemTest {
    private static final Path DOCUMENTS =
        Path.of(System.getProperty("laurel.root"), "server/src/main/resources/demo");
    private static final String SPRINT = "t_october_sprint";

    @TempDir
    private Path directory;
    private Path data;

    @BeforeEach
    void nameData() {
        data = directory.resolve("data");
    }

    @Test
    void shouldGiveTheSameBoardLiveReplayedAndAfterARestart() throws Exception {
        final String live;
        final String sequence;
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            applyDocuments(node);
            final Said sent = laurel("send", rounds(30).toString(), "--to", node.tcpText());
            assertEquals(0, sent.exitCode(), sent.err());
            final Map<String, Object> report = Json.object(sent.lastLine());
            assertEquals(List.of("sent", "accepted", "duplicate", "refused", "last_sequence",
                "seconds"), new ArrayList<>(report.keySet()));
            assertAddsUp(report);
            final NodeClient.Answer after = new NodeClient(URI.create(node.admin()), null).send(
                "GET", "/v1/admin/status", null, "");
            assertTrue(number(report, "last_sequence") <= number(after.object(), "sequence"));
            assertTrue(number(report, "last_sequence")
                > number(report, "sent"), "documents, source and session stand before them");

            live = board(node, SPRINT);
            assertTrue(Json.asObjects(Json.object(live).get("top")).size() > 5, live);
            sequence = Json.object(live).get("sequence").toString();
            assertEquals(0, laurel("board", SPRINT, "--http", node.http()).exitCode());
            assertEquals(0, node.stop(), node.errors());
            assertEquals(1, node.output().lines().count(), "one line in all");
        }
        final Said replayed = laurel("replay", "board", SPRINT, "--data", data.toString(),
            "--at", sequence, "--json");
        assertEquals(live, replayed.out().strip());

        try (NodeProcess again = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            final Map<String, Object> state = Json.object(laurel("replay", "state", "--data",
                data.toString(), "--to", again.sequence(), "--from-beginning", "--json").out());
            assertEquals(again.stateRoot(), state.get("state_root"));
            assertEquals(Json.object(live).get("top"),
                Json.object(board(again, SPRINT)).get("top"));
            assertEquals(0, again.stop());
        }
    }

    @Test
    void shouldCountInvalidLinesAndSendTheRest() throws Exception {
        final Path file = rounds(1);
        final List<String> lines = new ArrayList<>(Files.readAllLines(file).subList(0, 3));
        lines.add(1, "{\"event_id\":");
        lines.add("");
        Files.write(file, lines);
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            final Said sent = laurel("send", file.toString(), "--to", node.tcpText());
            assertEquals(0, sent.exitCode(), sent.err());
            assertTrue(sent.err().startsWith("line 2: "), sent.err());
            final Map<String, Object> report = Json.object(sent.lastLine());
            assertEquals("4", report.get("sent").toString());
            assertEquals("{invalid=1}", report.get("refused").toString());
        }
        assertEquals(69, laurel("send", file.toString(), "--to", "127.0.0.1:1").exitCode());
    }

    @Test
    void shouldRefuseADirectoryThatAnotherNodeHolds() throws Exception {
        try (NodeProcess first = NodeProcess.start(data).awaitReady();
            NodeProcess second = NodeProcess.start(data)) {
            assertEquals(75, second.awaitExit());
            assertEquals("", second.output());
            assertEquals(0, first.stop());
        }
    }

    @Test
    void shouldNameTheDirectoryOrTheAddressThatCannotBeHad() throws Exception {
        final Path file = Files.createFile(directory.resolve("file"));
        try (NodeProcess node = NodeProcess.start(file)) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("laurel server: " + file
                + ": there is another file of that name"), node.errors());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final String port = Integer.toString(taken.getLocalPort());
            for (final String listener : List.of("--tcp", "--http", "--admin")) {
                try (NodeProcess node = NodeProcess.start(data, listener, port)) {
                    assertEquals(78, node.awaitExit());
                    assertTrue(node.errors().contains("laurel server: cannot listen on 127.0.0.1"
                        + " port " + port + ": Address already in use"), node.errors());
                }
            }
        }
    }

    @Test
    void shouldNameKeyAndLineWhenTheConfigurationIsBroken() throws Exception {
        final Path config = directory.resolve("laurel.yaml");
        Files.writeString(config, "journal:\n  acks: durable\n");
        try (NodeProcess node = NodeProcess.start(data, "--config", config.toString())) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("line 2: unknown key journal.acks;"
                + " the nearest known one is journal.ack"), node.errors());
        }
    }

    @Test
    void shouldLogChangedLimitsAndRefuseAnotherClock() throws Exception {
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            assertEquals(0, node.stop());
        }
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event", "-D",
            "intake.max_skew=30s", "--reason", "clocks are good").awaitReady()) {
            assertEquals(0, node.stop());
        }
        try (NodeProcess node = NodeProcess.start(data, "--clock", "system")) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("clock mode event"), node.errors());
        }
        final String dump = laurel("replay", "dump", "--data", data.toString(), "--format",
            "jsonl").out();
        final List<Map<String, Object>> limits = dump.lines().map(Json::object)
            .filter(line -> "SetLimits".equals(line.get("command"))).toList();
        assertEquals(1, limits.size(), dump);
        assertEquals("30000000000", limits.get(0).get("max_skew_ns").toString());
        assertEquals("accepted", limits.get(0).get("result"));
        assertEquals("os:" + System.getProperty("user.name"), limits.get(0).get("actor"));
        assertEquals("clocks are good", limits.get(0).get("reason"));
    }

    private static void applyDocuments(NodeProcess node) {
        // a check publishes nothing, and still takes a contest whose rates stand before it
        final String rates = DOCUMENTS.resolve("fx_2025_10.yaml").toString();
        final String contest = DOCUMENTS.resolve("t_october_turnover.yaml").toString();
        final Said checked =
            laurel("apply", "--admin", node.admin(), "--dry-run", rates, contest);
        assertEquals(0, checked.exitCode(), checked.err());
        assertTrue(checked.out().contains("t_october_turnover valid"), checked.out());
        final Said alone = laurel("apply", "--admin", node.admin(), "--dry-run", contest);
        assertEquals(65, alone.exitCode());
        assertTrue(alone.err().contains("fx: t_october_turnover: invalid"), alone.err());
        for (final String name : List.of("fx_2025_10", SPRINT, "t_october_turnover")) {
            final Said applied = laurel("apply", "--admin", node.admin(),
                DOCUMENTS.resolve(name + ".yaml").toString());
            assertEquals(0, applied.exitCode(), applied.err());
            assertTrue(applied.out().startsWith(name + " published version=1"), applied.out());
        }
    }

    private static void assertAddsUp(Map<String, Object> report) {
        final long refused = Json.asObject(report.get("refused")).values().stream()
            .mapToLong(count -> Long.parseLong(count.toString())).sum();
        assertEquals(number(report, "sent"), number(report, "accepted")
            + number(report, "duplicate") + refused);
        assertTrue(number(report, "duplicate") > 0 && number(report, "accepted") > 1_000,
            report.toString());
    }

    private static long number(Map<String, Object> report, String name) {
        return Long.parseLong(report.get(name).toString());
    }

    private static String board(NodeProcess node, String contest) {
        return new NodeClient(URI.create(node.admin()), null)
            .send("GET", "/v1/leaderboards/" + contest + "?top=10", null, "").body();
    }

    private Path rounds(int players) throws IOException {
        final List<String> lines = new ArrayList<>();
        new RoundGenerator(11, players).forEachRemaining(line -> lines.add(line.json()));
        return Files.write(directory.resolve("rounds.jsonl"), lines);
    }
}
