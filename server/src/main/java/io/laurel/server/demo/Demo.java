package io.laurel.server.demo;

import io.laurel.protocol.wire.AckLevel;
import io.laurel.server.client.Json;
import io.laurel.server.send.EventSender;
import io.laurel.server.send.Pace;
import io.laurel.server.send.SendReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One hour of made-up play on a node of its own, start to finish. */
public final class Demo implements AutoCloseable {
    private static final String PROVISIONAL = "2025-10-25T19:00:30Z";
    private static final String FINAL = "2025-10-25T19:10:30Z";
    private static final long PIPE_STEP_NS = RoundGenerator.LENGTH_NS / 6;
    private static final long TERMINAL_STEP_NS = RoundGenerator.LENGTH_NS / 60;

    private static final long END_NS = RoundGenerator.START_NS + RoundGenerator.LENGTH_NS;

    private final DemoNode node;
    private final DemoScreen screen;
    private final boolean terminal;

    /**
     * Starts the node and publishes the contests.
     *
     * @param data directory of the node
     * @param out takes what is shown
     * @param terminal whether out is a terminal
     */
    public Demo(Path data, PrintWriter out, boolean terminal) {
        this.terminal = terminal;
        screen = new DemoScreen(out, terminal);
        node = new DemoNode(data);
        node.publish();
        screen.line("A node runs in " + data + " and answers at " + node.httpUrl());
        screen.line("Contests: " + String.join(", ", DemoNode.CONTESTS));
    }

    /**
     * Plays the hour and shows what came of it.
     *
     * @param seed of the play
     * @param players how many take part
     * @param seconds that the hour takes; 0 = as fast as the node takes the events
     * @throws IOException where the node does not take the events
     */
    public void play(long seed, int players, double seconds) throws IOException {
        screen.line(players + " players play from 18:00 to 19:00; their events travel over SBE/TCP"
            + (seconds > 0 ? " within " + seconds + " s" : ""));
        final RoundGenerator rounds = new RoundGenerator(seed, players);
        final AckLatencies latencies = new AckLatencies(EventSender.WINDOW);
        try (EventSender sender = EventSender.connect(node.tcpAddress(), null, AckLevel.DURABLE,
            EventSender.WINDOW, null, latencies)) {
            final Pace pace = new Pace(0);
            send(rounds, sender, latencies, pace, seconds);
            sender.finish();
            final double took = pace.elapsedNs() / 1e9;
            node.advance(PROVISIONAL);
            node.advance(FINAL);
            showBoards();
            showFigures(rounds, sender.report(), latencies, took);
        }
    }

    private void send(RoundGenerator rounds, EventSender sender, AckLatencies latencies,
        Pace pace, double seconds) throws IOException {
        final long begunNanoTime = System.nanoTime() - pace.elapsedNs();
        final long stepNs = terminal ? TERMINAL_STEP_NS : PIPE_STEP_NS;
        long nextShownNs = RoundGenerator.START_NS + stepNs;
        long seqNo = 1;
        while (rounds.hasNext()) {
            final RoundGenerator.Line line = rounds.next();
            // what comes after the hour is late; nobody needs to wait for it
            final long intoPlayNs = Math.min(RoundGenerator.LENGTH_NS,
                line.deliveryNs() - RoundGenerator.START_NS);
            final long dueNs = seconds > 0
                ? (long) (intoPlayNs * seconds * TimeUnit.SECONDS.toNanos(1)
                    / RoundGenerator.LENGTH_NS) : pace.elapsedNs();
            pace.awaitNs(dueNs);
            latencies.onSend(seqNo, begunNanoTime + dueNs);
            final byte[] json = line.json().getBytes(StandardCharsets.UTF_8);
            seqNo = Math.max(seqNo, sender.send(json, 0, json.length) + 1);
            if (line.deliveryNs() >= nextShownNs && nextShownNs <= END_NS) {
                screen.progress(node, nextShownNs, seqNo - 1);
                nextShownNs += stepNs;
            }
        }
    }

    private void showBoards() {
        screen.board(node, "t_october_sprint", 10, "",
            "October Sprint, the best 20 rounds of each player");
        screen.ownPlace(node, "t_october_sprint");
        screen.board(node, "t_october_turnover", 3, "", "October Turnover, everybody");
        screen.board(node, "t_october_xwin", 3, "&partition=SE", "October xWin, players in SE");
    }

    private void showFigures(RoundGenerator rounds, SendReport report, AckLatencies latencies,
        double seconds) {
        screen.line("");
        screen.line(String.format(Locale.ROOT, "%,d rounds in %,d events, %,.0f events a second",
            rounds.rounds(), report.sent(), report.sent() / seconds));
        screen.line(String.format(Locale.ROOT,
            "acknowledged as forced to disk after (ms): p50 %.2f  p99 %.2f  p99.9 %.2f  max %.2f"
            + " (from the first event on, cold)", latencies.millisAt(50),
            latencies.millisAt(99), latencies.millisAt(99.9), latencies.millisAt(100)));
        screen.line("outcomes:  accepted " + report.accepted() + "  duplicate "
            + report.duplicate());
        screen.counts("refused: ", Json.asObject(Json.parse(report.json(seconds))).entrySet()
            .stream().filter(entry -> entry.getKey().equals("refused"))
            .map(entry -> Json.asObject(entry.getValue())).findFirst().orElseThrow());
        Json.asObject(node.get("/v1/admin/status").get("unscored")).forEach((contest, counts) ->
            screen.counts(contest + " did not score: ", Json.asObject(counts)));
    }

    /** Says where to look while the node stays up. */
    public void showWhere() {
        screen.line("");
        screen.line("open  " + node.httpUrl() + "/v1/leaderboards/t_october_sprint?top=10");
        screen.line("or    bin/laurel board t_october_xwin --partition DE --http "
            + node.httpUrl());
        screen.line("It stays up until Ctrl-C.");
    }

    @Override
    public void close() {
        node.close();
    }
}
