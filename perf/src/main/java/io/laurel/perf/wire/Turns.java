package io.laurel.perf.wire;

import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Short runs at one rate, in one state of a node, whose latencies are one distribution. */
public final class Turns {
    private static final int DRAWS = 500;
    /** Of ratios of drawn turns, in order: 90% of them lie between these two. */
    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    private final String phase;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Histogram> latencies = new ArrayList<>();

    /** Begins without turns. */
    public Turns(String phase) {
        this.phase = phase;
    }

    /** Plays one. */
    public void play(Line line, double rate, double seconds) throws IOException {
        final Map<String, Object> row = new LinkedHashMap<>();
        final Histogram turn = Latencies.none();
        row.put("phase", phase);
        row.putAll(line.rate(rate, 0, seconds, turn));
        add(row, turn);
    }

    void add(Map<String, Object> row, Histogram turn) {
        rows.add(row);
        latencies.add(turn);
    }

    /** Returns these and others as one. */
    public Turns and(Turns others) {
        final Turns both = new Turns(phase);
        for (final Turns part : List.of(this, others)) {
            both.rows.addAll(part.rows);
            both.latencies.addAll(part.latencies);
        }
        return both;
    }

    /** Returns what was reached in each. */
    public Stream<Map<String, Object>> rows() {
        return rows.stream();
    }

    /** Returns percentiles of all events, with the range of p99 over the turns; empty without. */
    public Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            return json;
        }
        json.put("turns", rows.size());
        json.putAll(Latencies.json("", sum(latencies)));
        final double[] p99 =
            rows.stream().mapToDouble(row -> Child.number(row, "p99_us")).sorted().toArray();
        json.put("p99_us_range", List.of(p99[0], p99[p99.length - 1]));
        json.put("p99_us_median", Figures.round(Figures.median(p99), 1));
        return json;
    }

    /** Returns a percentile of all events ÷ that of others; 0 where either has no turns. */
    public double ratio(Turns others, double percentile) {
        return ratio(latencies, others.latencies, percentile);
    }

    /**
     * Returns between which two values 90% of such ratios lie if turns are drawn from both anew,
     * as many as there are, some of them several times: what chance has a part in, as far as one
     * turn says nothing about the next.
     */
    public List<Number> ratioRange(Turns others, double percentile, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] ratios = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            ratios[i] =
                ratio(drawn(latencies, random), drawn(others.latencies, random), percentile);
        }
        Arrays.sort(ratios);
        return List.of(Figures.round(ratios[(int) (LOW * DRAWS)], 3),
            Figures.round(ratios[(int) (HIGH * DRAWS)], 3));
    }

    private static List<Histogram> drawn(List<Histogram> from, SplittableRandom random) {
        return random.ints(from.size(), 0, from.size()).mapToObj(from::get).toList();
    }

    private static double ratio(List<Histogram> above, List<Histogram> below, double percentile) {
        if (above.isEmpty() || below.isEmpty()) {
            return 0;
        }
        return (double) sum(above).getValueAtPercentile(percentile)
            / sum(below).getValueAtPercentile(percentile);
    }

    private static Histogram sum(List<Histogram> parts) {
        final Histogram sum = Latencies.none();
        parts.forEach(sum::add);
        return sum;
    }
}
