package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed at a system call of the thread that writes its snapshot, at each of them in the
 * long run: it comes up again with the state that the log leads to.
 */
final class SnapshotKillSystemTest {
    private static final boolean ALL = Boolean.getBoolean("laurel.long");
    private static final long SEED = Long.getLong("laurel.seed", 20_251_025L);
    private static final int SAMPLE = 2;
    private static final int SAMPLED_CALLS = 40;
    private static final int MOST_CALLS = 2_000;
    private static final int ROUNDS = 5;
    private static final int KILLED = 137;
    private static final String JSON = "application/json";
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NS = 2_000_000;
    // what the kernel keeps of the thread's name
    private static final String THREAD = "laurel-snapshot";

    @TempDir
    private Path directory;
    private Path data;
    private long rounds;

    @Test
    void shouldComeUpWithTheStateOfTheLogWhenKilledAtAnySystemCallOfASnapshot()
        throws Exception {
        assumeTrue(LoopDisk.run("strace", "-qq", "-o", "/dev/null", "true"),
            "strace is missing or may not trace here");
        data = directory.resolve("data");
        try (NodeProcess node = start()) {
            CountedRounds.publish(node, directory);
            assertEquals(0, node.stop(), node.errors());
        }
        final Random random = new Random(SEED);
        boolean survived = false;
        int kills = 0;
        for (int call = 1; ALL ? !survived : call <= SAMPLE; call++) {
            assertTrue(call < MOST_CALLS, "a snapshot has no end");
            survived = !dies(ALL ? call : 1 + random.nextInt(SAMPLED_CALLS));
            kills += survived ? 0 : 1;
        }
        assertTrue(kills > 0, "seed " + SEED + ": nothing was killed");
        try (NodeProcess node = start()) {
            assertSound(node, "at the end");
            assertEquals(0, node.stop(), node.errors());
        }
    }

    /** Returns whether the node was killed at a system call with a number. */
    private boolean dies(int call) throws Exception {
        final String what = "seed " + SEED + ", system call " + call;
        try (NodeProcess node = start()) {
            assertSound(node, what);
            final NodeClient client = new NodeClient(URI.create(node.admin()), null);
            for (int i = 0; i < ROUNDS; i++) {
                rounds++;
                assertEquals(202, client.send("POST", "/v1/events", JSON,
                    CountedRounds.json(rounds)).status(), what);
            }
            final Process tracer = attach(node, call);
            try {
                order(client);
                return awaitEnd(node, client, what);
            } finally {
                tracer.destroy();
                tracer.waitFor();
            }
        }
    }

    private NodeProcess start() throws IOException {
        return NodeProcess.start(data, "--clock", "event", "-D", "snapshot.keep=2", "-D",
            "limits.memory=64MiB").awaitReady();
    }

    private void assertSound(NodeProcess node, String what) throws IOException {
        final NodeProcess.Said state = laurel("replay", "state", "--data", data.toString(),
            "--to", node.sequence(), "--from-beginning", "--json");
        assertEquals(0, state.exitCode(), state.err());
        assertEquals(Json.object(state.out()).get("state_root"), node.stateRoot(), what);
        assertEquals(rounds, CountedRounds.counted(node), what);
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            final List<String> names =
                new ArrayList<>(files.map(file -> file.getFileName().toString()).toList());
            names.removeIf(name -> name.endsWith(".snap"));
            assertEquals(List.of(), names, what + ": a start removes what was not finished");
        }
    }

    private static Process attach(NodeProcess node, int call) throws IOException {
        final String thread = node.thread(THREAD);
        final Process tracer = new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "-p",
            thread, "-e", "inject=all:signal=SIGKILL:when=" + call).inheritIO().start();
        final long deadline = System.nanoTime() + WAIT_NS;
        final Path status = Path.of("/proc", thread, "status");
        while (Files.exists(status)
            && Files.readString(status).contains("\nTracerPid:\t0\n")) {
            assertTrue(System.nanoTime() < deadline && tracer.isAlive(), "strace does not trace");
            LockSupport.parkNanos(LOOK_NS);
        }
        return tracer;
    }

    /** Orders a snapshot; the node may be gone before it answers. */
    private static void order(NodeClient client) {
        try {
            assertEquals(202, client.send("POST", "/v1/admin/snapshot", JSON,
                "{\"reason\":\"test\"}").status());
        } catch (CommandFailure gone) {
            assertEquals(ExitCode.UNREACHABLE, gone.exitCode());
        }
    }

    /** Waits until it was killed or has nothing more to write. */
    private static boolean awaitEnd(NodeProcess node, NodeClient client, String what)
        throws Exception {
        final long deadline = System.nanoTime() + WAIT_NS;
        while (node.isAlive()) {
            if (node.errors().contains("written in") && isIdle(client)) {
                return false;
            }
            assertTrue(System.nanoTime() < deadline, what + ": " + node.errors());
            LockSupport.parkNanos(LOOK_NS);
        }
        assertEquals(KILLED, node.awaitExit(), what + ": " + node.errors());
        return true;
    }

    private static boolean isIdle(NodeClient client) {
        try {
            final String status = client.send("GET", "/v1/admin/status", null, "").body();
            return "0".equals(Json.object(status).get("snapshot_memory_bytes").toString());
        } catch (CommandFailure gone) {
            return false;
        }
    }
}
