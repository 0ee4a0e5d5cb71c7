package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.checkpoint.CheckpointReport;
import io.laurel.journal.checkpoint.CheckpointVerifier;
import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node signs holds: over restarts, kills, new keys; a journal rolled back is refused. */
final class CheckpointSystemTest {
    private static final Path DOCUMENTS =
        Path.of(System.getProperty("laurel.root"), "server/src/main/resources/demo");
    private static final String CONTEST = "t_october_sprint";
    private static final String AFTER = "2025-10-25T19:10:30Z";
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = 5_000_000;

    @TempDir
    private Path directory;
    private Path data;
    private Path key;
    private Path publicKey;
    private List<String> lines;

    @BeforeEach
    void makeKeyAndRounds() throws IOException {
        data = directory.resolve("data");
        key = directory.resolve("node.key");
        final Said made = laurel("key", "generate", key.toString(), "--name", "example.com/node");
        assertEquals(0, made.exitCode(), made.err());
        publicKey = Files.writeString(directory.resolve("node.pub"), made.out());
        lines = new ArrayList<>();
        new RoundGenerator(3, 40).forEachRemaining(line -> lines.add(line.json()));
    }

    private NodeProcess start() throws IOException {
        return NodeProcess.start(data, "--clock", "event", "-D", "checkpoint.every=100ms", "-D",
            "checkpoint.key_file=" + key);
    }

    private void send(NodeProcess node, int from, int to) throws IOException {
        if (from == 0) {
            for (final String name : List.of("fx_2025_10", CONTEST)) {
                assertEquals(0, laurel("apply", "--admin", node.admin(),
                    DOCUMENTS.resolve(name + ".yaml").toString()).exitCode());
            }
        }
        final Path file = Files.write(directory.resolve("rounds.jsonl"), lines.subList(from, to));
        final Said said = laurel("send", file.toString(), "--to", node.tcpText());
        assertEquals(0, said.exitCode(), said.err());
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".checkpoint")).sorted().toList();
        }
    }

    private Path newest() throws IOException {
        return checkpoints().get(checkpoints().size() - 1);
    }

    private void awaitMoreThan(int count) throws IOException {
        final long deadline = System.nanoTime() + WAIT_NS;
        while (checkpoints().size() <= count) {
            assertTrue(System.nanoTime() < deadline, "no new checkpoint");
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private void verify(boolean toTheEnd) throws IOException {
        final CheckpointVerifier verifier =
            CheckpointVerifier.open(data.resolve("checkpoints"), publicKey);
        try (BlockReader reader = BlockReader.openVerifying(data.resolve("journal"))) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                verifier.onBlock(block);
            }
        }
        final CheckpointReport report = verifier.finish(true);
        assertEquals(List.of(), report.findings());
        assertEquals(checkpoints().size(), report.matching());
        assertTrue(!toTheEnd || report.uncoveredBlocks() == 0, report.toString());
    }

    private static void stop(NodeProcess node) throws Exception {
        assertEquals(0, node.stop(), node.errors());
        assertTrue(!node.errors().contains("no more checkpoints")
            && !node.errors().matches("(?s).*checkpoint [0-9]+ failed.*"), node.errors());
    }

    @Test
    void shouldNotPassACommandBehindWhichTheStateIsSigned() throws Exception {
        try (NodeProcess node = start().awaitReady()) {
            send(node, 0, 20);
            stop(node);
        }
        // the last checkpoint may have been signed before the snapshot of the end was written: its
        // state is signed with what is logged next
        try (NodeProcess node = start().awaitReady()) {
            send(node, 20, 40);
            stop(node);
        }
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event", "--skip", "8")) {
            assertEquals(64, node.awaitExit());
            assertTrue(node.errors().contains("command 8 cannot be skipped"), node.errors());
        }
        try (NodeProcess node = start().awaitReady()) {
            stop(node);
        }
        verify(true);
    }

    @Test
    void shouldSignWhatHoldsOverRestartsAndProveARank() throws Exception {
        final int half = lines.size() / 2;
        try (NodeProcess node = start().awaitReady()) {
            send(node, 0, half);
            awaitMoreThan(0);
            node.kill();
        }
        verify(false);
        final int before = checkpoints().size();
        final Path early = newest();
        // the trees are built anew where their state is lost
        Files.delete(data.resolve("checkpoints/trees"));
        try (NodeProcess node = start().awaitReady()) {
            send(node, half, lines.size());
            awaitMoreThan(before);
            assertEquals(0, laurel("time", "advance", AFTER, "--admin", node.admin()).exitCode());
            stop(node);
        }
        verify(true);
        proveARank(early);

        final Said rotated = laurel("key", "rotate", key.toString(), "--data", data.toString());
        assertEquals(0, rotated.exitCode(), rotated.err());
        assertEquals(rotated.out(), laurel("key", "public", key.toString()).out());
        verify(true);
        try (NodeProcess node = start().awaitReady()) {
            assertEquals(0, laurel("time", "advance", "2025-10-26T00:00:00Z", "--admin",
                node.admin()).exitCode());
            stop(node);
        }
        // the old key alone leads to the new one
        verify(true);
    }

    private void proveARank(Path early) throws IOException {
        final Path proof = directory.resolve("proof.json");
        final Said board = laurel("replay", "board", CONTEST, "--data", data.toString());
        final String[] second = board.out().lines().skip(3).findFirst().orElseThrow().strip()
            .split(" +");
        final Said proved = laurel("replay", "prove", CONTEST, second[1], "--data",
            data.toString(), "--out", proof.toString());
        assertEquals(0, proved.exitCode(), proved.err());
        final Said checked = laurel("replay", "check-proof", proof.toString(), "--checkpoint",
            newest().toString(), "--public-key", publicKey.toString());
        assertEquals(0, checked.exitCode(), checked.err());
        assertTrue(checked.out().startsWith("proven: " + second[1] + " is at place 2 of "),
            checked.out());
        assertTrue(checked.out().contains("with score " + second[2]), checked.out());

        Files.writeString(proof,
            Files.readString(proof).replace("\"rank\":2", "\"rank\":1"));
        assertEquals(1, laurel("replay", "check-proof", proof.toString(), "--checkpoint",
            newest().toString(), "--public-key", publicKey.toString()).exitCode());
        final Said unsettled = laurel("replay", "prove", CONTEST, second[1], "--data",
            data.toString(), "--checkpoint", early.toString());
        assertEquals(65, unsettled.exitCode(), unsettled.out());

        final Said extension = laurel("replay", "prove-extension", early.toString(),
            newest().toString(), "--data", data.toString());
        assertEquals(0, extension.exitCode(), extension.err());
        Files.writeString(proof, extension.out());
        final Said extended = laurel("replay", "check-proof", proof.toString(), "--from",
            early.toString(), "--checkpoint", newest().toString(), "--public-key",
            publicKey.toString());
        assertEquals(0, extended.exitCode(), extended.err());
    }

    @Test
    void shouldRefuseToStartOnAJournalThatWasRolledBack() throws Exception {
        try (NodeProcess node = start().awaitReady()) {
            send(node, 0, lines.size() / 2);
            stop(node);
        }
        final Path backup = directory.resolve("backup");
        copy(data.resolve("journal"), backup);
        try (NodeProcess node = start().awaitReady()) {
            send(node, lines.size() / 2, lines.size());
            stop(node);
        }
        copy(backup, data.resolve("journal"));
        // a snapshot of the later log would be refused for itself
        copy(directory.resolve("none"), data.resolve("snapshots"));
        try (NodeProcess node = start()) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().contains("the journal was rolled back"), node.errors());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> files = Files.walk(to)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(to);
        if (Files.exists(from)) {
            try (Stream<Path> files = Files.list(from)) {
                for (final Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
