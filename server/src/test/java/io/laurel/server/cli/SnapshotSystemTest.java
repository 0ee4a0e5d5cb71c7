package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live = replay from the beginning = snapshot and tail, with nodes in processes of their own. */
final class SnapshotSystemTest {
    private static final Path DOCUMENTS =
        Path.of(System.getProperty("laurel.root"), "server/src/main/resources/demo");
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = 5_000_000;

    @TempDir
    private Path directory;
    private Path data;
    private List<String> lines;
    private int sent;

    @BeforeEach
    void makeRounds() {
        data = directory.resolve("data");
        lines = new ArrayList<>();
        new RoundGenerator(3, 40).forEachRemaining(line -> lines.add(line.json()));
    }

    private NodeProcess start(String... more) throws IOException {
        final List<String> all = new ArrayList<>(List.of("--clock", "event"));
        all.addAll(List.of(more));
        return NodeProcess.start(data, all.toArray(new String[0])).awaitReady();
    }

    /** Sends a third of the rounds. */
    private void send(NodeProcess node) throws IOException {
        if (sent == 0) {
            for (final String name : List.of("fx_2025_10", "t_october_sprint")) {
                assertEquals(0, laurel("apply", "--admin", node.admin(),
                    DOCUMENTS.resolve(name + ".yaml").toString()).exitCode());
            }
        }
        final int third = lines.size() / 3;
        final Path file = Files.write(directory.resolve("rounds.jsonl"),
            lines.subList(sent, sent + third));
        sent += third;
        final Said said = laurel("send", file.toString(), "--to", node.tcpText());
        assertEquals(0, said.exitCode(), said.err());
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            return files.filter(file -> file.toString().endsWith(".snap")).sorted().toList();
        }
    }

    /** The node's root is the one that the log alone leads to. */
    private void assertSameAsTheLog(NodeProcess node) {
        final Said state = laurel("replay", "state", "--data", data.toString(), "--to",
            node.sequence(), "--from-beginning", "--json");
        assertEquals(0, state.exitCode(), state.err());
        assertEquals(node.stateRoot(), Json.object(state.out()).get("state_root"));
    }

    private void stop(NodeProcess node) throws InterruptedException, IOException {
        assertEquals(0, node.stop(), node.errors());
        assertTrue(!node.errors().contains("no snapshot at the end"), node.errors());
    }

    @Test
    void shouldComeBackFromTheSnapshotOfAnOrderlyStop() throws Exception {
        try (NodeProcess node = start()) {
            send(node);
            stop(node);
            assertTrue(node.errors().contains("written in"), node.errors());
        }
        assertEquals(1, snapshots().size());
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            assertSameAsTheLog(node);
            send(node);
            // a tail that no snapshot knows
            node.kill();
        }
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            assertTrue(!node.errors().contains(" and 0 records"), node.errors());
            assertSameAsTheLog(node);
            send(node);
            stop(node);
        }
        assertEquals(2, snapshots().size());
        try (NodeProcess node = start()) {
            assertSameAsTheLog(node);
            stop(node);
        }
        assertEquals(2, snapshots().size(), "nothing new, no new one");
    }

    @Test
    void shouldFallBackToAnOlderOneAndThenToTheLog() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (NodeProcess node = start()) {
                send(node);
                stop(node);
            }
        }
        damage(snapshots().get(1));
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains(snapshots().get(1).getFileName() + " ignored: "),
                node.errors());
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            assertSameAsTheLog(node);
            node.kill();
        }
        damage(snapshots().get(0));
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains("recovered from the whole log"), node.errors());
            assertSameAsTheLog(node);
            stop(node);
        }
    }

    private static void damage(Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldTakeSnapshotsNowAndThenAndSurviveAKillAtAnyTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (NodeProcess node = start("-D", "snapshot.every=100ms", "-D",
                "snapshot.keep=2")) {
                assertSameAsTheLog(node);
                send(node);
                awaitNewSnapshot(node);
                node.kill();
            }
            assertTrue(snapshots().size() <= 3, snapshots().toString());
        }
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            assertSameAsTheLog(node);
            final String status = new NodeClient(URI.create(node.admin()), null)
                .send("GET", "/v1/admin/status", null, "").body();
            assertEquals(64, Json.object(status).get("state_root").toString().length());
        }
    }

    @Test
    void shouldStartAndReplayFromTheSnapshotWhenTheJournalIsPruned() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (NodeProcess node = start("-D", "journal.prune=true", "-D", "snapshot.keep=1")) {
                send(node);
                stop(node);
                assertEquals(i > 0, node.errors().contains("of the journal before snapshot"),
                    node.errors());
            }
        }
        final Said whole = laurel("replay", "state", "--data", data.toString(),
            "--from-beginning");
        assertEquals(78, whole.exitCode());
        assertTrue(whole.err().contains("the journal was pruned and begins with sequence ")
            && whole.err().contains("replayed from a snapshot of sequence "), whole.err());
        final Said state = laurel("replay", "state", "--data", data.toString(), "--json");
        assertEquals(0, state.exitCode(), state.err());
        try (NodeProcess node = start()) {
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            final Said same = laurel("replay", "state", "--data", data.toString(), "--to",
                node.sequence(), "--json");
            assertEquals(node.stateRoot(), Json.object(same.out()).get("state_root"));
            node.kill();
        }
        for (final Path snapshot : snapshots()) {
            Files.delete(snapshot);
        }
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event")) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("the journal was pruned"), node.errors());
        }
    }

    private static void awaitNewSnapshot(NodeProcess node) throws IOException {
        final long deadline = System.nanoTime() + WAIT_NS;
        while (!node.errors().contains("written in")) {
            assertTrue(System.nanoTime() < deadline, node.errors());
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    @Test
    void shouldRefuseASnapshotOfAnotherLog() throws Exception {
        try (NodeProcess node = start()) {
            send(node);
            stop(node);
        }
        final Path foreign = snapshots().get(0);
        final Path kept = Files.move(foreign, directory.resolve(foreign.getFileName()));
        data = directory.resolve("other");
        try (NodeProcess node = start()) {
            stop(node);
        }
        Files.move(kept, data.resolve("snapshots").resolve(kept.getFileName()));
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event")) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("is not one of the journal beside it"),
                node.errors());
        }
    }
}
