package io.laurel.perf.rival;

import io.laurel.perf.proc.Guard;
import io.laurel.perf.proc.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis that belongs to the bench: a socket file in a directory of its own, an append-only file
 * forced every second, and no rewriting of it while it is measured.
 */
public final class RedisServer implements AutoCloseable {
    private static final String NAME = "redis-server";
    private static final Pattern VERSION = Pattern.compile("v=([0-9.]+)");
    private static final long END_SECONDS = 60;

    private final Path directory;
    private Process process;

    /** Starts one in a temporary directory. */
    public RedisServer() throws IOException {
        directory = Files.createTempDirectory("laurel-redis");
        start();
    }

    /** Starts it on what its directory holds; connecting waits until it is ready. */
    public void start() throws IOException {
        process = Guard.over(new ProcessBuilder(program(), "--port", "0", "--unixsocket",
            socket().toString(), "--dir", directory.toString(), "--save", "", "--appendonly",
            "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
            "--loglevel", "warning")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.out").toFile()).start());
    }

    private static String program() {
        for (final String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            final Path file = Path.of(place, NAME);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return null;
    }

    /** Returns whether there is a Redis on the path. */
    public static boolean isInstalled() {
        return program() != null;
    }

    /** Returns its version. */
    public static String version() throws IOException {
        final Process asked = new ProcessBuilder(program(), "--version").start();
        final Matcher version = VERSION.matcher(
            new String(asked.getInputStream().readAllBytes()));
        return version.find() ? version.group(1) : "unknown";
    }

    /** Returns where it listens. */
    public Path socket() {
        return directory.resolve("redis.sock");
    }

    /** Returns the bytes of its append-only files. */
    public long logBytes() throws IOException {
        try (var files = Files.walk(directory.resolve("appendonlydir"))) {
            long sum = 0;
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    /** Ends it in order; its files stay. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Returns the process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
        Node.remove(directory);
    }
}
