package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal of a node that was stopped is damaged, and the node started again: it says where, or
 * it has everything. A sample through whole nodes; the journal's own tests go over every byte.
 */
final class DamageSystemTest {
    private static final int CASES = Boolean.getBoolean("laurel.long") ? 60 : 3;
    private static final long SEED = Long.getLong("laurel.seed", 20_251_025L);
    private static final int ROUNDS = 1_500;
    private static final int RUNS = 2;
    private static final Pattern POSITION =
        Pattern.compile("\\(file .+\\.cq4, offset [0-9]+, after sequence [0-9]+\\)");

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;
    private Path data;
    private List<Path> segments;

    @BeforeEach
    void fillJournal() throws Exception {
        data = directory.resolve("data");
        for (int run = 0; run < RUNS; run++) {
            try (NodeProcess node = start().awaitReady()) {
                if (run == 0) {
                    CountedRounds.publish(node, directory);
                }
                sendRounds(node, run);
                assertEquals(0, node.stop(), node.errors());
            }
        }
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            segments = files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
        assertTrue(segments.size() >= RUNS, segments.toString());
    }

    private static void sendRounds(NodeProcess node, int run) throws IOException {
        final CountedRounds rounds = new CountedRounds();
        try (SbeClient client = SbeClient.connect(
            ClientSettings.of(node.tcp(), null, 80, 1 + run), ClientListener.NONE)) {
            for (long number = 1; number <= ROUNDS; number++) {
                client.offer(rounds.buffer(), 0, rounds.encode((long) run * ROUNDS + number));
            }
            assertTrue(client.finish(TimeUnit.SECONDS.toMillis(30)));
        }
    }

    @Test
    void shouldRefuseWithAPositionWhenABitIsFlipped() throws Exception {
        for (int i = 0; i < CASES; i++) {
            final Path file = segments.get(random.nextInt(segments.size()));
            final byte[] before = Files.readAllBytes(file);
            final byte[] after = before.clone();
            final int at = random.nextInt(usedBytes(before));
            after[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, after);
            assertRefusedOrWhole("seed " + SEED + ", case " + i + ", byte " + at + " of " + file);
            Files.write(file, before);
        }
        assertWhole(start());
    }

    @Test
    void shouldRefuseWithAPositionWhenAFileIsCutShort() throws Exception {
        for (int i = 0; i < CASES; i++) {
            final Path file = segments.get(random.nextInt(segments.size()));
            final byte[] before = Files.readAllBytes(file);
            final int at = random.nextInt(usedBytes(before));
            Files.write(file, Arrays.copyOf(before, at));
            assertRefused(start(), "seed " + SEED + ", case " + i + ", cut at " + at + " of "
                + file);
            Files.write(file, before);
        }
        assertWhole(start());
    }

    // where Chronicle keeps its own notes beside the blocks, a bit may be of no consequence
    private void assertRefusedOrWhole(String what) throws Exception {
        try (NodeProcess node = start()) {
            if (!node.becomesReady()) {
                assertRefused(node, what);
                return;
            }
            assertEquals(RUNS * ROUNDS, CountedRounds.counted(node.awaitReady()), what);
            node.kill();
        }
    }

    private void assertRefused(NodeProcess node, String what) throws Exception {
        try (node) {
            assertEquals(78, node.awaitExit(), what + ": " + node.errors());
            assertEquals("", node.output(), what);
            assertTrue(POSITION.matcher(node.errors()).find(), what + ": " + node.errors());
        }
    }

    private void assertWhole(NodeProcess node) throws Exception {
        try (node) {
            assertEquals(RUNS * ROUNDS, CountedRounds.counted(node.awaitReady()));
            assertEquals(0, node.stop(), node.errors());
        }
    }

    private NodeProcess start() throws IOException {
        return NodeProcess.start(data, "--clock", "event");
    }

    private static int usedBytes(byte[] file) {
        int used = file.length;
        while (used > 0 && file[used - 1] == 0) {
            used--;
        }
        return used;
    }
}
