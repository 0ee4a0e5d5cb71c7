package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else fills the disk under a node: it takes nothing, goes on being read, and resumes. */
final class FullDiskSystemTest {
    private static final int ROUNDS = 100;
    private static final int STEP_BYTES = 1 << 20;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseUntilThereIsSpaceAgainWhenTheDiskIsFull() throws Exception {
        try (LoopDisk disk = LoopDisk.mount(directory)) {
            assumeTrue(disk != null, "no file system can be mounted here");
            try (NodeProcess node = NodeProcess.start(disk.root().resolve("data"), "--clock",
                "event", "-D", "journal.low_space=16MiB").awaitReady()) {
                CountedRounds.publish(node, directory);
                sendRounds(node);
                final Path hog = disk.root().resolve("hog");
                fill(hog);
                assertTrue(awaitAnswer(node, 1, 503).contains("\"storage_low\""));
                assertEquals(ROUNDS, CountedRounds.counted(node));
                Files.delete(hog);
                assertTrue(awaitAnswer(node, ROUNDS + 1, 202).contains("\"accepted\""));
                assertEquals(ROUNDS + 1, CountedRounds.counted(node));
                assertEquals(0, node.stop(), node.errors());
            }
        }
    }

    private static void sendRounds(NodeProcess node) throws IOException {
        final CountedRounds rounds = new CountedRounds();
        try (SbeClient client = SbeClient.connect(ClientSettings.of(node.tcp(), null, 82, 1),
            ClientListener.NONE)) {
            for (long number = 1; number <= ROUNDS; number++) {
                client.offer(rounds.buffer(), 0, rounds.encode(number));
            }
            assertTrue(client.finish(TimeUnit.SECONDS.toMillis(30)));
        }
    }

    private static void fill(Path hog) throws IOException {
        final byte[] step = new byte[STEP_BYTES];
        try (OutputStream out = Files.newOutputStream(hog)) {
            while (Files.getFileStore(hog).getUsableSpace() > 2 * STEP_BYTES) {
                out.write(step);
            }
        }
    }

    /** Posts one round, known or new, until the node answers so; returns what it said. */
    private String awaitAnswer(NodeProcess node, long number, int status) throws Exception {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(node.http() + "/v1/events"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(CountedRounds.json(number))).build();
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            final HttpResponse<String> answer =
                http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == status) {
                return answer.body();
            }
            assertTrue(System.nanoTime() < deadline, "still " + answer.body());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
