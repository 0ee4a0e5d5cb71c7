package io.laurel.perf.wire;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.machine.Settling;
import io.laurel.perf.machine.ThreadTimes;
import io.laurel.perf.proc.Child;
import io.laurel.perf.proc.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A node with its contests, a sender beside it, and a directory for both that goes with them. */
public final class Line implements AutoCloseable {
    private static final long SMALL_STATE_BYTES = 6L << 30;
    private static final long PLAYER_BYTES = 1_500;
    /** The system decides who runs where. */
    public static final int ANY_CORE = -1;
    /** Longest time that {@link #settle} takes. */
    public static final double MOST_WARM_SECONDS = 30;
    /** A shorter run is for trying things out, in a small state. */
    private static final double LEAST_SECONDS = 5;
    private static final double SHORT_WARM_PART = 0.2;
    private static final double STEP_SECONDS = 1;

    private final Path directory;
    private final List<String> settings;
    private Node node;
    private final Child sender;
    private final ContestSet contests;

    /**
     * What is asked for.
     *
     * @param players who take part
     * @param contests live ones
     * @param matched how many of them take each round
     * @param boards their shapes, in turn
     * @param distribution how players are chosen
     * @param seed of the rounds
     * @param ack durable or accepted, for node and session
     * @param flushUs shortest pause of the sender at a fixed rate
     * @param engineCore core of the engine, which the sender keeps off; {@link #ANY_CORE} = any
     * @param settings further keys of the node's configuration
     */
    public record Plan(long players, int contests, int matched, List<BoardMix> boards,
        Distribution distribution, long seed, String ack, long flushUs, int engineCore,
        List<String> settings) {
    }

    /**
     * Starts all of it; the players are not in yet.
     *
     * @param data where directories go; null = where temporary files go
     */
    public Line(Plan plan, Path data) throws IOException {
        directory = data == null ? Files.createTempDirectory("laurel-bench")
            : Files.createTempDirectory(Files.createDirectories(data), "node");
        contests = new ContestSet(plan.contests(), plan.matched(), plan.boards(),
            System.currentTimeMillis() * 1_000_000);
        settings = new ArrayList<>(List.of("snapshot.every=1d",
            "journal.ack=" + plan.ack(), "limits.players=" + Math.max(10_000_000, plan.players()),
            "limits.memory=" + (stateBytes(plan.players()) >> 20) + "MiB"));
        if (plan.engineCore() != ANY_CORE) {
            settings.add("cores.engine=" + plan.engineCore());
        }
        settings.addAll(plan.settings());
        Node started = null;
        try {
            started = Node.start(directory, settings);
            started.publish(contests.ids(), contests.documents());
            sender = Child.start(SenderMain.class, List.of(), started.tcp(), plan.ack(),
                Long.toString(plan.players()), plan.distribution().token(),
                Long.toString(plan.seed()), Long.toString(plan.flushUs()),
                Integer.toString(plan.engineCore()));
        } catch (IOException | RuntimeException e) {
            if (started != null) {
                started.close();
            }
            Node.remove(directory);
            throw e;
        }
        node = started;
    }

    /** Returns how large the state may become where nobody says otherwise. */
    public static long stateBytes(long players) {
        return SMALL_STATE_BYTES + players * PLAYER_BYTES;
    }

    /** Returns how long a run of so many seconds may take to warm up. */
    public static double mostWarmSeconds(double seconds) {
        return seconds < LEAST_SECONDS ? SHORT_WARM_PART * seconds : MOST_WARM_SECONDS;
    }

    @FunctionalInterface
    private interface Asked {
        Map<String, Object> ask() throws IOException;
    }

    /**
     * Repeats a second of work until the compilers of node and sender rest.
     *
     * @param mostSeconds goes on no longer than this
     * @return how many seconds it took
     */
    public double settle(double mostSeconds, Settling.Step<IOException> work)
        throws IOException {
        return new Settling(node.handle().pid(), sender.pid()).await(STEP_SECONDS, mostSeconds,
            work);
    }

    /** Lets each player play one round. */
    public Map<String, Object> preload() throws IOException {
        return sender.ask("preload");
    }

    /** Sends as fast as the node takes it; returns {@code rounds_per_s}. */
    public Map<String, Object> saturate(double warmSeconds, double seconds) throws IOException {
        return sender.ask("saturate", warmSeconds, seconds);
    }

    /** As above, warm already; returns the processor time per round of all threads too. */
    public Map<String, Object> saturateAndCount(double seconds) throws IOException {
        return counted(() -> saturate(0, seconds));
    }

    private Map<String, Object> counted(Asked work) throws IOException {
        final long nodeId = node.handle().pid();
        final ThreadTimes nodeBefore = new ThreadTimes(nodeId);
        final ThreadTimes senderBefore = new ThreadTimes(sender.pid());
        final Map<String, Object> result = new LinkedHashMap<>(work.ask());
        final double rounds = Math.max(1, Child.number(result, "rounds"));
        result.put("node_cpu_ns_per_round",
            new ThreadTimes(nodeId).since(nodeBefore, rounds));
        result.put("sender_cpu_ns_per_round",
            new ThreadTimes(sender.pid()).since(senderBefore, rounds));
        return result;
    }

    /** Sends so many rounds as fast as the node takes them. */
    public Map<String, Object> count(long rounds) throws IOException {
        return sender.ask("count", rounds);
    }

    /** Ends the sender, stops or kills the node, and starts another one on the same directory. */
    public Node restart(boolean inOrder) throws IOException, InterruptedException {
        sender.close();
        if (inOrder) {
            node.stop();
        } else {
            node.close();
        }
        node = Node.start(directory, settings);
        return node;
    }

    /**
     * Sends at even times; returns what was reached, the latencies of acknowledgements, and the
     * processor time per round of all threads.
     */
    public Map<String, Object> rate(double perSecond, double warmSeconds, double seconds)
        throws IOException {
        return rate(perSecond, warmSeconds, seconds, Latencies.none());
    }

    /** As above; adds each latency to those of other turns, in nanoseconds. */
    public Map<String, Object> rate(double perSecond, double warmSeconds, double seconds,
        Histogram sum) throws IOException {
        return counted(() -> {
            final Map<String, Object> answer =
                new LinkedHashMap<>(sender.ask("rate", perSecond, warmSeconds, seconds));
            sum.add(Latencies.decode((String) answer.remove(SenderMain.HISTOGRAM)));
            return answer;
        });
    }

    /** As above; returns the latencies until rounds are visible on the first board. */
    public Map<String, Object> visible(double perSecond, double seconds) throws IOException {
        return sender.ask("visible", perSecond, seconds, node.http(), contests.ids().get(0));
    }

    /** Returns the node. */
    public Node node() {
        return node;
    }

    /** Returns the contests, those first that match. */
    public ContestSet contests() {
        return contests;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        node.close();
        Node.remove(directory);
    }
}
