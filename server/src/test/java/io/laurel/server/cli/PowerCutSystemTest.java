package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while a sender goes on sending: what was acknowledged before is on the disk. The
 * same without forcing loses something, so the test can see what it is made to see.
 */
final class PowerCutSystemTest {
    private static final int DISKS = Boolean.getBoolean("laurel.long") ? 20 : 1;
    /** A disk is full after some more. */
    private static final int CUTS_PER_DISK = 3;
    private static final long SEED = Long.getLong("laurel.seed", 20_251_025L);
    private static final int WINDOW = 1_024;
    private static final List<String> NO_FORCE = List.of("strace", "-f", "--seccomp-bpf", "-qq",
        "-o", "/dev/null", "-e", "trace=fdatasync,fsync,msync", "-e",
        "inject=fdatasync,fsync,msync:retval=0");

    private final AtomicBoolean stop = new AtomicBoolean();
    /** While a cut is judged nothing is sent: it would fill the disk. */
    private final AtomicBoolean pause = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @TempDir
    private Path directory;

    @Test
    void shouldHoldAllThatWasAcknowledgedWhenThePowerGoes() throws Exception {
        for (int i = 0; i < DISKS; i++) {
            final Path place = Files.createDirectories(directory.resolve("place" + i));
            try (LoopDisk disk = LoopDisk.mount(place)) {
                assumeTrue(disk != null, "no file system can be mounted here");
                assertEquals(0, lostByCuts(disk, List.of(), CUTS_PER_DISK, SEED + i),
                    "seed " + SEED + ", disk " + i);
            }
        }
    }

    @Test
    void shouldLoseAcknowledgedRoundsWhenNothingIsForced() throws Exception {
        assumeTrue(LoopDisk.run(command("true")), "strace is missing or may not trace here");
        try (LoopDisk disk = LoopDisk.mount(directory)) {
            assumeTrue(disk != null, "no file system can be mounted here");
            assertTrue(lostByCuts(disk, NO_FORCE, 1, SEED) > 0, "seed " + SEED);
        }
    }

    /** Returns how many acknowledged rounds are missing after all cuts together. */
    private long lostByCuts(LoopDisk disk, List<String> program, int cuts, long seed)
        throws Exception {
        final Random random = new Random(seed);
        stop.set(false);
        final Path data = disk.root().resolve("data");
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            CountedRounds.publish(node, directory);
            assertEquals(0, node.stop(), node.errors());
        }
        long lost = 0;
        final NodeProcess node =
            NodeProcess.startUnder(program, data, "--clock", "event").awaitReady();
        try (node; SbeClient client = SbeClient.connect(ClientSettings.of(node.tcp(), null, 81, 1)
            .with(AckLevel.DURABLE, WINDOW), ClientListener.NONE)) {
            final Thread sender = new Thread(() -> send(client), "sender");
            sender.start();
            for (int cut = 1; cut <= cuts; cut++) {
                pause.set(false);
                awaitProgress(client, 2_000 + random.nextInt(5_000));
                node.suspend();
                pause.set(true);
                final long acked = client.stats().acked();
                final Path root = disk.cut(cut);
                node.resume();
                lost += Math.max(0, acked - countedAt(root.resolve("data")));
                disk.unmount(root);
            }
            stop.set(true);
            sender.join(TimeUnit.SECONDS.toMillis(60));
            assertEquals(null, failure.get(), "seed " + SEED);
            node.kill();
        }
        return lost;
    }

    private static long countedAt(Path data) throws Exception {
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            final long counted = CountedRounds.counted(node);
            node.kill();
            return counted;
        }
    }

    private void send(SbeClient client) {
        final CountedRounds rounds = new CountedRounds();
        try {
            for (long number = 1; !stop.get(); number++) {
                while (pause.get() && !stop.get()) {
                    LockSupport.parkNanos(200_000);
                }
                client.offer(rounds.buffer(), 0, rounds.encode(number));
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    private void awaitProgress(SbeClient client, long more) {
        final long wanted = client.stats().acked() + more;
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (client.stats().acked() < wanted) {
            assertEquals(null, failure.get(), "seed " + SEED);
            assertTrue(System.nanoTime() < deadline, "no progress, seed " + SEED);
            LockSupport.parkNanos(200_000);
        }
    }

    private static String[] command(String last) {
        return Stream.concat(NO_FORCE.stream(), Stream.of(last))
            .toArray(String[]::new);
    }
}
