package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final int MOST_CALLS = 200;
    private static final Pattern CALL = Pattern.compile("^([a-z0-9_]+)\\(");
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
        if (ALL) {
            killAtEachCall();
        } else {
            // of the file, of the directory
            assertTrue(dies("fsync", 1 + new Random(SEED).nextInt(2)), "seed " + SEED);
            assertTrue(dies("rename", 1), "nothing was killed");
        }
        try (NodeProcess node = start()) {
            assertSound(node, "at the end");
            assertEquals(0, node.stop(), node.errors());
        }
    }

    /** Looks which calls there are, then kills at the first of each name, the second... */
    private void killAtEachCall() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertFalse(dies("none", 0), "a trace kills nothing");
        }
        final Set<String> names = new TreeSet<>();
        for (final String line : Files.readAllLines(directory.resolve("calls"))) {
            final Matcher call = CALL.matcher(line);
            if (call.find()) {
                names.add(call.group(1));
            }
        }
        assertTrue(names.containsAll(Set.of("openat", "write", "fsync", "rename", "unlink")),
            names.toString());
        for (final String name : names) {
            int kills = 0;
            while (dies(name, kills + 1)) {
                kills++;
                assertTrue(kills < MOST_CALLS, name + " has no end");
            }
        }
    }

    /** Returns whether the node was killed at the n-th system call of a name; 0 = at none. */
    private boolean dies(String name, int number) throws Exception {
        final String what = "seed " + SEED + ", " + name + " " + number;
        try (NodeProcess node = start()) {
            assertSound(node, what);
            final NodeClient client = new NodeClient(URI.create(node.admin()), null);
            for (int i = 0; i < ROUNDS; i++) {
                rounds++;
                assertEquals(202, client.send("POST", "/v1/events", JSON,
                    CountedRounds.json(rounds)).status(), what);
            }
            final Process tracer = attach(node, number == 0 ? "trace=all"
                : "inject=" + name + ":signal=SIGKILL:when=" + number);
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

    private Process attach(NodeProcess node, String what) throws IOException {
        final String thread = node.thread(THREAD);
        final Process tracer = new ProcessBuilder("strace", "-qq", "-o",
            directory.resolve("calls").toString(), "-p", thread, "-e", what).inheritIO().start();
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
