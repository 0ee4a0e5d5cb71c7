package io.laurel.perf.apply;

import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.EngineReads;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.Mix;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads in process, on the engine's thread as the pipeline does it: alone, and between batches of
 * rounds, where the caches hold what the rounds have touched. Ranks are timed in groups, since one
 * takes less than reading the clock twice; a table of the ids is made beforehand.
 */
public final class Reads {
    private static final int IDS = 1 << 16;
    private static final int GROUP = 64;
    private static final int AROUND = 5;
    private static final int TOP = 100;

    private final EngineRig rig;
    private final EngineReads reads;
    private final String contest;
    private final UnsafeBuffer ids = new UnsafeBuffer(new byte[IDS * RoundWriter.USER_BYTES]);
    private final String[] users = new String[IDS];
    private final int[] numbers = new int[IDS];
    private final Rounds series;
    private final double seconds;
    private int next;
    private long sum;

    private Reads(EngineRig rig, ContestSet contests, long players, long seed, double seconds) {
        this.rig = rig;
        this.seconds = seconds;
        reads = rig.engine().reads();
        contest = contests.ids().get(0);
        series = rig.series(seed + 1, Distribution.UNIFORM.among(players));
        final Mix mix = new Mix(seed + 2);
        for (int i = 0; i < IDS; i++) {
            users[i] = RoundWriter.user(mix.below(players));
            ids.putBytes(i * RoundWriter.USER_BYTES,
                users[i].getBytes(StandardCharsets.US_ASCII));
            numbers[i] = reads.playerNumber(ids, i * RoundWriter.USER_BYTES,
                RoundWriter.USER_BYTES);
        }
    }

    /** One read of the player at a place of the table. */
    @FunctionalInterface
    private interface Read {
        long of(int place);
    }

    /**
     * Measures all reads over a rig whose players are in.
     *
     * @param seconds for all of them together
     * @return one row each
     */
    public static List<Map<String, Object>> run(EngineRig rig, ContestSet contests, long players,
        long seed, double seconds) {
        final Reads each = new Reads(rig, contests, players, seed, seconds / 8);
        final List<Map<String, Object>> rows = new ArrayList<>();
        final int number = each.reads.contestNumber(each.contest);
        for (final boolean load : new boolean[] {false, true}) {
            rows.add(each.measure("rank_by_index", GROUP, load,
                place -> each.reads.rank(number, each.numbers[place])));
            rows.add(each.measure("rank_by_id", GROUP, load, place -> each.reads.rank(number,
                each.reads.playerNumber(each.ids, place * RoundWriter.USER_BYTES,
                    RoundWriter.USER_BYTES))));
            rows.add(each.measure("top_100", 1, load, place -> each.reads.board(
                new BoardRequest(each.contest, "", TOP, "", 0, List.of(), -1, 0)).top().size()));
            rows.add(each.measure("around_5", 1, load, place -> each.reads.board(
                new BoardRequest(each.contest, "", 0, each.users[place], AROUND, List.of(), -1,
                    0)).around().size()));
        }
        if (each.sum == 0) {
            throw new IllegalStateException("nobody has a rank");
        }
        return rows;
    }

    private Map<String, Object> measure(String name, int group, boolean load, Read read) {
        run(group, load, read, seconds / 4, new Histogram(3));
        final Histogram histogram = new Histogram(3);
        run(group, load, read, seconds, histogram);
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", "laurel");
        row.put("path", "in_process");
        row.put("read", name);
        row.put("load", load ? "rounds" : "none");
        row.put("mean_us", micros(histogram.getMean() / group));
        row.put("p50_us", micros((double) histogram.getValueAtPercentile(50) / group));
        row.put("p99_us", micros((double) histogram.getValueAtPercentile(99) / group));
        row.put("reads", histogram.getTotalCount() * group);
        return row;
    }

    private static Object micros(double ns) {
        return Figures.round(ns / 1e3, 3);
    }

    private void run(int group, boolean load, Read read, double forSeconds, Histogram to) {
        final long until = System.nanoTime() + (long) (forSeconds * 1e9);
        while (System.nanoTime() < until) {
            if (load) {
                rig.play(series, EngineRig.BATCH);
            }
            final long begun = System.nanoTime();
            for (int i = 0; i < group; i++) {
                sum += read.of(next = next + 1 & IDS - 1);
            }
            to.recordValue(System.nanoTime() - begun);
        }
    }
}
