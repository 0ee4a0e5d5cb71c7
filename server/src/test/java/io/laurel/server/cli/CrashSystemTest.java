package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.OutcomeCode;
import io.laurel.server.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed again and again while a sender goes on sending: what was acknowledged is there
 * afterwards, and what was sent again counts once.
 */
final class CrashSystemTest {
    private static final int KILLS =
        Integer.getInteger("laurel.runs", Boolean.getBoolean("laurel.long") ? 200 : 10);
    private static final long SEED = Long.getLong("laurel.seed", 20_251_025L);
    private static final int WINDOW = 1_024;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong outcomes = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAndCountNothingTwiceWhenKilledUnderLoad() throws Exception {
        killUnderLoad(KILLS, AckLevel.DURABLE, "durable");
    }

    @Test
    void shouldLoseNothingThatWasOnlyAcceptedWhenKilledUnderLoad() throws Exception {
        killUnderLoad(KILLS / 3, AckLevel.ACCEPTED, "accepted");
    }

    private void killUnderLoad(int kills, AckLevel level, String journalAck) throws Exception {
        final Random random = new Random(SEED);
        final Path data = directory.resolve("data");
        final String port = Integer.toString(freePort());
        NodeProcess node = start(data, port, journalAck, "shared");
        try {
            CountedRounds.publish(node, directory);
            final SbeClient client = connect(node.tcp(), level);
            final Thread sender = new Thread(() -> send(client), "sender");
            sender.start();
            for (int kill = 1; kill <= kills; kill++) {
                awaitProgress(client, 1 + random.nextInt(3_000));
                final long acked = client.stats().acked();
                node.kill();
                final String root = kill % 5 == 1 ? replayedRoot(data) : null;
                node = start(data, port, journalAck, kill % 2 == 0 ? "shared" : "dedicated");
                if (root != null) {
                    assertEquals(root, node.stateRoot(), "seed " + SEED + ", kill " + kill);
                }
                final long counted = CountedRounds.counted(node);
                assertTrue(counted >= acked, "seed " + SEED + ", kill " + kill + ": " + acked
                    + " acknowledged, " + counted + " counted");
            }
            stop.set(true);
            sender.join(TimeUnit.SECONDS.toMillis(60));
            assertEquals(null, failure.get(), "seed " + SEED);
            assertTrue(client.finish(TimeUnit.SECONDS.toMillis(60)), "seed " + SEED);
            assertEquals(client.stats().offered(), CountedRounds.counted(node), "seed " + SEED);
            assertEquals(0, outcomes.get(), "every round was plainly accepted, seed " + SEED);
            assertEquals(0, client.stats().regressions(), "seed " + SEED);
            assertTrue(client.stats().reconnects() >= kills, "seed " + SEED);
            client.close();
            assertEquals(0, node.stop(), node.errors());
        } finally {
            stop.set(true);
            node.close();
        }
    }

    // the smallest segments there are: many rolls, and blocks that fill a good part of one
    private static NodeProcess start(Path data, String port, String journalAck, String threading)
        throws IOException {
        return NodeProcess.start(data, "--clock", "event", "--tcp", port, "-D",
            "journal.segment=1MiB", "-D", "journal.ack=" + journalAck, "-D",
            "threading=" + threading).awaitReady();
    }

    /** Returns what the replay tool makes of the directory of a dead node. */
    private static String replayedRoot(Path data) {
        return Json.object(laurel("replay", "state", "--data", data.toString(),
            "--from-beginning", "--json").out()).get("state_root").toString();
    }

    private SbeClient connect(InetSocketAddress address, AckLevel level) throws IOException {
        return SbeClient.connect(ClientSettings.of(address, null, 77, 1).with(level, WINDOW),
            new ClientListener() {
                @Override
                public void onOutcome(long seqNo, OutcomeCode code, long sequence) {
                    outcomes.incrementAndGet();
                }
            });
    }

    private void send(SbeClient client) {
        final CountedRounds rounds = new CountedRounds();
        try {
            for (long number = 1; !stop.get(); number++) {
                client.offer(rounds.buffer(), 0, rounds.encode(number));
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
        }
    }

    /** Waits until so many more rounds are acknowledged: a moment in the middle of the load. */
    private void awaitProgress(SbeClient client, long more) {
        final long wanted = client.stats().acked() + more;
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (client.stats().acked() < wanted) {
            assertEquals(null, failure.get(), "seed " + SEED);
            assertTrue(System.nanoTime() < deadline, "no progress, seed " + SEED);
            LockSupport.parkNanos(200_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
