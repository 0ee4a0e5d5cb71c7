package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.laurel.engine.Engine;
import io.laurel.engine.port.SnapshotFacts;
import io.laurel.engine.port.SnapshotSource;
import io.laurel.engine.port.StateImage;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live = replay from the beginning = snapshot and tail: one state root, whatever the threads, the
 * heap, the compiler or the Java platform. {@code LAUREL_JDKS} names other platforms, as a path.
 */
final class RootSystemTest {
    private static final String JDKS = System.getenv().getOrDefault("LAUREL_JDKS", "");
    private static final String JSON = "application/json";
    private static final int ROUNDS = 150;
    private static final int PAGE_BYTES = 4_096;
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NS = 5_000_000;

    @TempDir
    private Path directory;
    private Path data;
    private long rounds;
    /** Of the live state at {@link #liveSequence}. */
    private String liveRoot;
    private String liveSequence;

    /** A log under both threadings, with a snapshot of each, the later one at its end. */
    @BeforeEach
    void play() throws Exception {
        data = directory.resolve("data");
        for (final String threading : List.of("shared", "dedicated")) {
            try (NodeProcess node = start(data, "-D", "threading=" + threading)) {
                if (rounds == 0) {
                    CountedRounds.publish(node, directory);
                }
                final NodeClient client = new NodeClient(URI.create(node.admin()), null);
                play(client);
                snapshot(client);
                node.kill();
            }
        }
    }

    private static NodeProcess start(Path where, String... more) throws IOException {
        return NodeProcess.start(where, Stream.concat(Stream.of("--clock", "event"),
            Arrays.stream(more)).toArray(String[]::new)).awaitReady();
    }

    private void play(NodeClient client) {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ROUNDS; i++) {
            rounds++;
            lines.append(CountedRounds.json(rounds)).append('\n');
        }
        assertEquals(200, client.send("POST", "/v1/events", "application/x-ndjson",
            lines.toString()).status());
    }

    private void snapshot(NodeClient client) {
        liveSequence = client.send("POST", "/v1/admin/snapshot", JSON, "{\"reason\":\"root\"}")
            .object().get("sequence").toString();
        final long deadline = System.nanoTime() + WAIT_NS;
        Map<String, Object> status;
        do {
            assertTrue(System.nanoTime() < deadline, "no snapshot " + liveSequence);
            LockSupport.parkNanos(LOOK_NS);
            status = client.send("GET", "/v1/admin/status", null, "").object();
        } while (!status.get("snapshot_sequence").toString().equals(liveSequence)
            || !"0".equals(status.get("snapshot_memory_bytes").toString()));
        liveRoot = status.get("state_root").toString();
    }

    @Test
    void shouldComeToTheSameRootWhateverHeapAndCompiler() throws Exception {
        final Path java = Path.of(System.getProperty("java.home"));
        assertEquals(liveRoot, replayed(java, "-Xms16m", "-Xmx48m", "-XX:+UseSerialGC"));
        assertEquals(liveRoot, replayed(java, "-Xint", "-Xmx700m"));
    }

    @Test
    void shouldComeToTheSameRootOnEveryOtherJavaPlatform() throws Exception {
        assumeFalse(JDKS.isBlank(), "LAUREL_JDKS names no other Java platform");
        for (final String home : JDKS.split(File.pathSeparator)) {
            assertEquals(liveRoot, replayed(Path.of(home)), home);
            final Path copy = directory.resolve("data-" + Path.of(home).getFileName());
            copy(data, copy);
            assertSnapshotAndTail(NodeProcess.startOn(Path.of(home), copy, "--clock", "event"),
                copy, home);
        }
    }

    @Test
    void shouldComeToTheSameRootFromASnapshotAndTheTailBehindIt() throws Exception {
        final List<Path> snapshots = snapshots(data);
        Files.delete(snapshots.get(snapshots.size() - 1));
        for (final String threading : List.of("shared", "dedicated")) {
            assertSnapshotAndTail(NodeProcess.start(data, "--clock", "event", "-D",
                "threading=" + threading), data, threading);
        }
    }

    private void assertSnapshotAndTail(NodeProcess starting, Path where, String what)
        throws Exception {
        try (NodeProcess node = starting.awaitReady()) {
            assertTrue(node.errors().contains("recovered from snapshot"), node.errors());
            final NodeProcess.Said replayed = NodeProcess.laurel("replay", "state", "--data",
                where.toString(), "--to", node.sequence(), "--from-beginning", "--json");
            assertEquals(rootOf(replayed.out()), node.stateRoot(), what);
            assertEquals(rounds, CountedRounds.counted(node), what);
            node.kill();
        }
    }

    /** The root is over every byte: one other page is another root. */
    @Test
    void shouldComeToAnotherRootWhenAPageIsFlipped() throws IOException {
        final SnapshotLoader loader =
            new SnapshotLoader(SnapshotDirectory.view(data.resolve("snapshots")));
        try (Engine engine = loader.load(Long.MAX_VALUE, 0).engine()) {
            engine.images().begin();
            assertTrue(engine.images().copySlice(Integer.MAX_VALUE));
            try (StateImage image = engine.images().end();
                Engine same = Engine.open(new FlippedPage(image, -1), 0);
                Engine other = Engine.open(new FlippedPage(image,
                    image.facts().usedBytes() / PAGE_BYTES - 1), 0)) {
                assertArrayEquals(engine.stateRoot(), same.stateRoot());
                assertFalse(Arrays.equals(engine.stateRoot(), other.stateRoot()));
            }
        }
    }

    /** An image in which every bit of a page is another; page -1 = none. */
    private record FlippedPage(StateImage image, long page) implements SnapshotSource {
        @Override
        public SnapshotFacts facts() {
            return image.facts();
        }

        @Override
        public void read(Target target) {
            final byte[] bytes = new byte[PAGE_BYTES];
            for (long at = 0; at < facts().usedBytes(); at += PAGE_BYTES) {
                final int length = (int) Math.min(PAGE_BYTES, facts().usedBytes() - at);
                image.pages().getBytes(at, bytes, 0, length);
                for (int i = 0; i < length && at / PAGE_BYTES == page; i++) {
                    bytes[i] ^= -1;
                }
                target.put(at, bytes, 0, length);
            }
        }
    }

    /** Returns the root that a replay of the log comes to at the live sequence. */
    private String replayed(Path java, String... flags) throws Exception {
        final NodeProcess.Said said = NodeProcess.laurelOn(java, List.of(flags), directory,
            "replay", "state", "--data", data.toString(), "--to", liveSequence,
            "--from-beginning", "--json");
        assertEquals(0, said.exitCode(), said.err());
        return rootOf(said.out());
    }

    private static String rootOf(String json) {
        return Json.object(json).get("state_root").toString();
    }

    private static List<Path> snapshots(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where.resolve("snapshots"))) {
            return files.sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
