package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import io.laurel.protocol.wire.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that reports a failure of a force: the node stops at once and answers nothing more. */
final class DiskFailureSystemTest {
    private static final int ROUNDS = 200;
    private static final int FAILING_FORCE = 25;

    @TempDir
    private Path directory;

    @Test
    void shouldStopBeforeAnyLaterAnswerWhenAForceFails() throws Exception {
        assumeTrue(canInject(), "strace is missing or may not trace here");
        final Path data = directory.resolve("data");
        final long acked;
        try (NodeProcess node = NodeProcess.startUnder(List.of("strace", "-f", "-qq", "-o",
            "/dev/null", "-e", "trace=fdatasync", "-e",
            "inject=fdatasync:error=EIO:when=" + FAILING_FORCE), data, "--clock", "event")
            .awaitReady()) {
            CountedRounds.publish(node, directory);
            final ClientSettings usual = ClientSettings.of(node.tcp(), null, 78, 1);
            final SbeClient client = SbeClient.connect(new ClientSettings(usual.address(), null,
                78, 1, AckLevel.DURABLE, 1, usual.keepAliveMs(), usual.logonTimeoutMs(), 2_000),
                ClientListener.NONE);
            assertThrows(IOException.class, () -> sendOneByOne(client));
            acked = client.stats().acked();
            client.close();
            assertEquals(70, node.awaitExit(), node.errors());
            assertTrue(node.errors().contains("the journal could not be written at sequence"),
                node.errors());
        }
        assertTrue(acked > 0 && acked < FAILING_FORCE, "acknowledged: " + acked);
        try (NodeProcess again = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            final long counted = CountedRounds.counted(again);
            assertTrue(counted == acked || counted == acked + 1,
                acked + " acknowledged, " + counted + " counted");
            assertEquals(0, again.stop(), again.errors());
        }
    }

    @Test
    void shouldNameWhatTheDeviceDoesNotRead() throws Exception {
        assumeTrue(canInject(), "strace is missing or may not trace here");
        final Path data = directory.resolve("data");
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            CountedRounds.publish(node, directory);
            assertEquals(0, node.stop(), node.errors());
        }
        for (final String name : List.of("manifest", "journal/epochs")) {
            final Path file = data.resolve(name);
            try (NodeProcess node = withoutReading(file, data)) {
                assertEquals(78, node.awaitExit(), node.errors());
                assertTrue(node.errors().contains(file + " cannot be read: Input/output error"),
                    node.errors());
            }
        }
        final Path snapshot;
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            snapshot = files.findFirst().orElseThrow();
        }
        try (NodeProcess node = withoutReading(snapshot, data).awaitReady()) {
            assertTrue(node.errors().contains(
                "snapshot " + snapshot.getFileName() + " ignored: Input/output error"),
                node.errors());
        }
    }

    private static NodeProcess withoutReading(Path file, Path data) throws IOException {
        return NodeProcess.startUnder(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-P",
            file.toString(), "-e", "trace=read,pread64", "-e", "inject=read,pread64:error=EIO"),
            data, "--clock", "event");
    }

    private static void sendOneByOne(SbeClient client) throws IOException {
        final CountedRounds rounds = new CountedRounds();
        for (long number = 1; number <= ROUNDS; number++) {
            client.offer(rounds.buffer(), 0, rounds.encode(number));
        }
        client.finish(TimeUnit.SECONDS.toMillis(30));
    }

    private static boolean canInject() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "-e",
                "inject=fdatasync:error=EIO:when=9", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
