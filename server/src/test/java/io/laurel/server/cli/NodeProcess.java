package io.laurel.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A node in a process of its own, with the launcher's flags. */
final class NodeProcess implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("laurel.root"));
    private static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final List<String> MAIN = List.of("@" + ROOT.resolve("bin/jvm.options"), "-cp",
        System.getProperty("java.class.path"), "io.laurel.server.Main");
    private static final long DEADLINE_SECONDS = 60;
    private static final long LOOK_NS = 2_000_000;
    private static final Pattern READY = Pattern.compile("ready tcp=(\\S+) http=(\\S+)"
        + " admin=(\\S+) sequence=([0-9]+) state_root=([0-9a-f]{64}) recovered_ms=[0-9]+");

    private final Process process;
    private final Path out;
    private final Path err;
    private Matcher ready;

    private NodeProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a node; the ports are free ones unless the arguments say otherwise. */
    static NodeProcess start(Path data, String... arguments) throws IOException {
        return startUnder(List.of(), data, arguments);
    }

    /** As {@link #start}, on another Java platform. */
    static NodeProcess startOn(Path javaHome, Path data, String... arguments)
        throws IOException {
        return start(List.of(javaHome.resolve("bin/java").toString()), data, arguments);
    }

    /** As {@link #start}, run by another program. */
    static NodeProcess startUnder(List<String> program, Path data, String... arguments)
        throws IOException {
        final List<String> java = new ArrayList<>(program);
        java.add(JAVA);
        return start(java, data, arguments);
    }

    private static NodeProcess start(List<String> java, Path data, String... arguments)
        throws IOException {
        final List<String> command = new ArrayList<>(java);
        command.addAll(MAIN);
        command.addAll(List.of("server", "--data", data.toString(), "-D",
            "limits.memory=256MiB", "-D", "journal.segment=4MiB", "-D",
            "journal.low_space=1MiB"));
        command.addAll(List.of(arguments));
        for (final String listener : List.of("--tcp", "--http", "--admin")) {
            if (!command.contains(listener)) {
                command.addAll(List.of(listener, "0"));
            }
        }
        final Path logs = Files.createDirectories(data.resolveSibling("logs"));
        final Path out = Files.createTempFile(logs, "node", ".out");
        final Path err = Files.createTempFile(logs, "node", ".err");
        return new NodeProcess(new ProcessBuilder(command).redirectOutput(out.toFile())
            .redirectError(err.toFile()).start(), out, err);
    }

    /** Waits until it is ready, or ends without having been; returns which of them. */
    boolean becomesReady() throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!Files.readString(out).endsWith("\n")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                return Files.readString(out).endsWith("\n");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    /** Waits for the line that says that the node is ready. */
    NodeProcess awaitReady() throws IOException {
        if (!becomesReady()) {
            throw new AssertionError("the node is not ready: " + Files.readString(err));
        }
        ready = READY.matcher(Files.readString(out).strip());
        if (!ready.matches()) {
            throw new AssertionError("not one ready line: " + Files.readString(out));
        }
        return this;
    }

    InetSocketAddress tcp() {
        final String[] parts = ready.group(1).split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    String tcpText() {
        return ready.group(1);
    }

    String http() {
        return "http://" + ready.group(2);
    }

    String admin() {
        return "http://" + ready.group(3);
    }

    String sequence() {
        return ready.group(4);
    }

    String stateRoot() {
        return ready.group(5);
    }

    /** Returns what it wrote beside the ready line. */
    String errors() throws IOException {
        return Files.readString(err);
    }

    /** Returns all it wrote to its standard output. */
    String output() throws IOException {
        return Files.readString(out);
    }

    /** Asks it to stop, as an operator would; returns its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the number that the kernel gives to a thread of the node. */
    String thread(String name) throws IOException {
        try (Stream<Path> threads =
                 Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (final Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                    return thread.getFileName().toString();
                }
            }
        }
        throw new AssertionError("no thread " + name);
    }

    /** Holds it where it stands; the moment is over when nothing of it runs any more. */
    void suspend() throws IOException {
        signal("-STOP");
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        for (final ProcessHandle each : family()) {
            final Path status = Path.of("/proc", Long.toString(each.pid()), "stat");
            while (!Files.readString(status).matches("(?s).*\\) [Tt] .*")) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the node does not stand still");
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    /** Lets it go on. */
    void resume() {
        signal("-CONT");
    }

    // the node is the child of the program that it runs under
    private List<ProcessHandle> family() {
        final List<ProcessHandle> children = process.descendants().toList();
        return children.isEmpty() ? List.of(process.toHandle()) : children;
    }

    private void signal(String name) {
        for (final ProcessHandle each : family()) {
            if (!LoopDisk.run("kill", name, Long.toString(each.pid()))) {
                throw new AssertionError("kill " + name + " failed");
            }
        }
    }

    /** Kills it where it stands. */
    void kill() throws InterruptedException {
        close();
        awaitExit();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the node does not end");
        }
        return process.exitValue();
    }

    /** Kills it and what it runs under, and returns when nothing of them is left. */
    @Override
    public void close() {
        final List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        children.forEach(each -> each.onExit()
            .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join());
        process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What a command of the command line said. */
    record Said(int exitCode, String out, String err) {
        String lastLine() {
            return out.substring(out.stripTrailing().lastIndexOf('\n') + 1).strip();
        }
    }

    /** Returns the words that run a command in a process of its own, with the launcher's flags. */
    static List<String> command(String... arguments) {
        final List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(MAIN);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs another command in this process. */
    static Said laurel(String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = CommandRunner.commandLine().setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true)).execute(arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }

    /**
     * Runs another command in a process of its own.
     *
     * @param flags behind the launcher's, which they override
     */
    static Said laurelOn(Path javaHome, List<String> flags, Path directory, String... arguments)
        throws IOException, InterruptedException {
        final Path logs = Files.createDirectories(directory.resolve("logs"));
        final Path out = Files.createTempFile(logs, "laurel", ".out");
        final Path err = Files.createTempFile(logs, "laurel", ".err");
        final List<String> command =
            new ArrayList<>(List.of(javaHome.resolve("bin/java").toString(), MAIN.get(0)));
        command.addAll(flags);
        command.addAll(MAIN.subList(1, MAIN.size()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile())
            .redirectError(err.toFile()).start();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command does not end");
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
