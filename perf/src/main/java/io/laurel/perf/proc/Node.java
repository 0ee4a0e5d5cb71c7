package io.laurel.perf.proc;

import io.laurel.server.Main;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, with a data directory of its own. */
public final class Node implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready tcp=(\\S+) http=(\\S+)"
        + " admin=(\\S+) sequence=([0-9]+) state_root=\\S+ recovered_ms=([0-9]+)\\n");
    private static final Pattern STEPS = Pattern.compile("([0-9]+) records[^:\\n]*: loaded in"
        + " ([0-9]+) ms, verified and replayed in ([0-9]+) ms");
    private static final long START_SECONDS = 600;
    private static final long LOOK_NS = 5_000_000;
    private static final long END_SECONDS = 60;
    /** The answer comes with the cut, and the memory of the image before it. */
    private static final Duration LONGEST_ORDER = Duration.ofMinutes(10);

    private final Process process;
    private final Path data;
    private final Path out;
    private final Path err;
    private Matcher ready;
    private NodeClient admin;

    /**
     * Starts one and waits until it is ready.
     *
     * @param data directory, which may hold a log
     * @param settings as for {@code -D}
     */
    public static Node start(Path data, List<String> settings) throws IOException {
        final List<String> command = new ArrayList<>(Jvm.command(Main.class, Jvm.moreFlags()));
        command.addAll(List.of("server", "--data", data.resolve("node").toString(), "--tcp", "0",
            "--http", "0", "--admin", "0"));
        settings.forEach(setting -> command.addAll(List.of("-D", setting)));
        Files.createDirectories(data);
        final Path out = Files.createTempFile(data, "node", ".out");
        final Path err = Files.createTempFile(data, "node", ".err");
        final Node node = new Node(Guard.over(new ProcessBuilder(command)
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start()), data, out, err);
        node.awaitReady();
        return node;
    }

    private Node(Process process, Path data, Path out, Path err) {
        this.process = process;
        this.data = data;
        this.out = out;
        this.err = err;
    }

    private void awaitReady() throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        ready = READY.matcher(Files.readString(out));
        while (!ready.find()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("the node is not ready: " + Files.readString(err));
            }
            LockSupport.parkNanos(LOOK_NS);
            ready = READY.matcher(Files.readString(out));
        }
    }

    /** Publishes documents of contests. */
    public void publish(List<String> ids, List<String> documents) throws IOException {
        final NodeClient admin = admin();
        for (int i = 0; i < ids.size(); i++) {
            final NodeClient.Answer answer = admin.send("PUT", "/v1/admin/contests/" + ids.get(i),
                "application/yaml", documents.get(i));
            if (!answer.isOk()) {
                throw new IOException(ids.get(i) + ": " + answer.problem());
            }
        }
    }

    /** Returns what the node says of itself. */
    public Map<String, Object> status() {
        return admin().send("GET", "/v1/admin/status", null, "").object();
    }

    /** Returns one figure of its metrics, 0 where there is none of that name. */
    public BigDecimal metric(String name) {
        return admin().send("GET", "/metrics", null, "").body().lines()
            .filter(line -> line.startsWith(name + " "))
            .map(line -> new BigDecimal(line.substring(name.length() + 1).strip()))
            .findFirst().orElse(BigDecimal.ZERO);
    }

    /**
     * Returns how long the steps of the recovery took, as the node's log has it: {@code load_ms},
     * {@code replay_ms} (verified beside it), and {@code records} that were replayed.
     */
    public Map<String, Long> recovery() throws IOException {
        final Matcher steps = STEPS.matcher(Files.readString(err));
        if (!steps.find()) {
            throw new IOException("the node has recovered nothing");
        }
        final Map<String, Long> result = new LinkedHashMap<>();
        result.put("records", Long.parseLong(steps.group(1)));
        result.put("load_ms", Long.parseLong(steps.group(2)));
        result.put("replay_ms", Long.parseLong(steps.group(3)));
        return result;
    }

    /** Orders a snapshot; the answer says whether it has begun, or why not. */
    public NodeClient.Answer orderSnapshot() {
        return admin().waiting(LONGEST_ORDER).send("POST", "/v1/admin/snapshot",
            "application/json", "{\"reason\":\"bench\"}");
    }

    /** One for all: each has connections of its own, and a node takes only so many. */
    private synchronized NodeClient admin() {
        if (admin == null) {
            admin = new NodeClient(URI.create("http://" + ready.group(3)), null);
        }
        return admin;
    }

    /** Returns host and port for senders. */
    public String tcp() {
        return ready.group(1);
    }

    /** Returns host and port for players. */
    public String http() {
        return ready.group(2);
    }

    /** Returns how long it took to recover, as it says. */
    public long recoveredMs() {
        return Long.parseLong(ready.group(5));
    }

    /** Returns the last sequence that it recovered. */
    public long sequence() {
        return Long.parseLong(ready.group(4));
    }

    /** Returns the process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Returns where its journal and snapshots lie. */
    public Path directory() {
        return data.resolve("node");
    }

    /** Asks it to stop and waits; returns its exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Removes a directory with all that is in it. */
    public static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
