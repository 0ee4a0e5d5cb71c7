package io.laurel.perf.wire;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
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

/** A node with its contests, a sender beside it, and a directory for both that goes with them. */
public final class Line implements AutoCloseable {
    private static final long SMALL_STATE_BYTES = 6L << 30;
    private static final long PLAYER_BYTES = 1_500;

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
     * @param settings further keys of the node's configuration
     */
    public record Plan(long players, int contests, int matched, List<BoardMix> boards,
        Distribution distribution, long seed, String ack, long flushUs, List<String> settings) {
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
            "limits.memory=" + ((SMALL_STATE_BYTES + plan.players() * PLAYER_BYTES) >> 20)
                + "MiB"));
        settings.addAll(plan.settings());
        Node started = null;
        try {
            started = Node.start(directory, settings);
            started.publish(contests.ids(), contests.documents());
            sender = Child.start(SenderMain.class, List.of(), started.tcp(), plan.ack(),
                Long.toString(plan.players()), plan.distribution().token(),
                Long.toString(plan.seed()), Long.toString(plan.flushUs()));
        } catch (IOException | RuntimeException e) {
            if (started != null) {
                started.close();
            }
            Node.remove(directory);
            throw e;
        }
        node = started;
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
        final long nodeId = node.handle().pid();
        final ThreadTimes nodeBefore = new ThreadTimes(nodeId);
        final ThreadTimes senderBefore = new ThreadTimes(sender.pid());
        final Map<String, Object> result = new LinkedHashMap<>(saturate(0, seconds));
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

    /** Sends at even times; returns what was reached and the latencies of acknowledgements. */
    public Map<String, Object> rate(double perSecond, double warmSeconds, double seconds)
        throws IOException {
        return sender.ask("rate", perSecond, warmSeconds, seconds);
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
