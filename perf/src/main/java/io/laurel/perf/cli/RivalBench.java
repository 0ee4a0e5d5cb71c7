package io.laurel.perf.cli;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import io.laurel.perf.rival.RedisMain;
import io.laurel.perf.rival.RedisServer;
import io.laurel.perf.wire.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same rounds into a node and into Redis, in turn. */
@Command(name = "rival", description = "The same rounds into a node and into Redis, in turn: ours"
    + " over TCP with acknowledgements; Redis by one pipelined EVALSHA per round that does the same"
    + " (the event's id once; per board rounds, highest multiplier, finish time, the best twenty,"
    + " one ZADD), forced every second; and, for orientation, ours with one board of sums against"
    + " one bare pipelined ZINCRBY per round. Redis is skipped where there is none on the path.")
final class RivalBench extends Bench {
    private static final double SECONDS_PER_TURN = 3;
    private static final int LEAST_TURNS = 3;
    private static final int MOST_TURNS = 7;
    private static final int PARTS = 4;
    private static final double MOST_WARM_SECONDS = 3;
    private static final double LEAD_IN = 0.1;

    @Mixin
    private NodeOptions node;

    @Option(names = "--depth", paramLabel = "N", defaultValue = "4096",
        description = "Commands under way to Redis at most (default: ${DEFAULT-VALUE}).")
    private int depth;

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> oursOneBoard = new ArrayList<>();
    private final List<Double> redisSame = new ArrayList<>();
    private final List<Double> redisBare = new ArrayList<>();

    @Override
    Map<String, Object> run() throws IOException {
        final boolean installed = RedisServer.isInstalled();
        if (!installed) {
            warn("skipped: no redis-server on the path");
        }
        try (Line three =
                new Line(node.planMapped(this, contests(), matched(), BoardMix.USUAL), node.data());
            Line one =
                new Line(node.planMapped(this, 1, 1, List.of(BoardMix.TOTAL)), node.data());
            RedisServer server = installed ? new RedisServer() : null;
            Child redis = installed ? client(server) : null) {
            say("preload, three boards: " + three.preload());
            say("preload, one board: " + one.preload());
            if (installed) {
                say("preload, Redis: " + redis.ask("preload"));
            }
            final double warm = Math.min(MOST_WARM_SECONDS, seconds() / 5);
            for (final Line line : List.of(three, one)) {
                say("warm-up, s: " + line.settle(Line.mostWarmSeconds(seconds()),
                    s -> line.saturate(0, s)));
            }
            turn(three, one, redis, warm);
            List.of(ours, oursOneBoard, redisSame, redisBare).forEach(List::clear);
            final int turns = (int) Math.max(LEAST_TURNS, Math.min(MOST_TURNS,
                seconds() / (PARTS * SECONDS_PER_TURN)));
            final double each = seconds() / (turns * PARTS);
            for (int i = 0; i < turns; i++) {
                turn(three, one, redis, each);
            }
            final Map<String, Object> result = result(installed);
            result.put("dedupe_population", Figuring.accepted(three.node().status()));
            result.put("turns", turns);
            return result;
        }
    }

    private Child client(RedisServer server) throws IOException {
        return Child.start(RedisMain.class, List.of(), server.socket().toString(),
            Long.toString(players()), Integer.toString(matched()), node.distribution().token(),
            Long.toString(seed()), Integer.toString(depth));
    }

    private void turn(Line three, Line one, Child redis, double seconds) throws IOException {
        final double lead = seconds * LEAD_IN;
        final double rest = seconds - lead;
        ours.add(Child.number(three.saturate(lead, rest), "rounds_per_s"));
        if (redis != null) {
            redisSame.add(Child.number(redis.ask("same", lead, rest), "per_s"));
        }
        oursOneBoard.add(Child.number(one.saturate(lead, rest), "rounds_per_s"));
        if (redis != null) {
            redisBare.add(Child.number(redis.ask("bare", lead, rest), "per_s"));
        }
        say("ours " + ours.get(ours.size() - 1) + ", one board "
            + oursOneBoard.get(oursOneBoard.size() - 1) + ", Redis same work "
            + last(redisSame) + ", bare " + last(redisBare));
    }

    private static Object last(List<Double> values) {
        return values.isEmpty() ? "skipped" : values.get(values.size() - 1);
    }

    private Map<String, Object> result(boolean installed) throws IOException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("ours", figures("rounds_per_s", ours));
        result.put("ours_one_board", figures("rounds_per_s", oursOneBoard));
        if (!installed) {
            for (final String name : List.of("redis_same_work", "redis_bare", "ratio_same_work",
                "ratio_bare", "redis_version")) {
                result.put(name, null);
            }
            return result;
        }
        result.put("redis_same_work", figures("rounds_per_s", redisSame));
        result.put("redis_bare", figures("ops_per_s", redisBare));
        ratio(result, "ratio_same_work", ours, redisSame);
        ratio(result, "ratio_bare", oursOneBoard, redisBare);
        result.put("redis_version", RedisServer.version());
        say("ratio to the same work " + result.get("ratio_same_work") + " ("
            + result.get("ratio_same_work_spread") + "), to bare ZINCRBY "
            + result.get("ratio_bare") + " (" + result.get("ratio_bare_spread") + ")");
        return result;
    }

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Map<String, Object> figures(String unit, List<Double> values) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(unit, Math.round(median(values)));
        figures.put("runs", values.stream().map(Math::round).toList());
        return figures;
    }

    private static void ratio(Map<String, Object> result, String name, List<Double> top,
        List<Double> bottom) {
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < top.size(); i++) {
            ratios.add(top.get(i) / bottom.get(i));
        }
        result.put(name, Figures.round(median(top) / median(bottom), 2));
        result.put(name + "_spread", List.of(
            Figures.round(ratios.stream().min(Double::compare).orElse(0.0), 2),
            Figures.round(ratios.stream().max(Double::compare).orElse(0.0), 2)));
    }
}
