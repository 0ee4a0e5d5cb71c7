package io.laurel.perf.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the machine does to a thread that does nothing but read the clock: each gap between two
 * readings that is longer than a microsecond is a stall that no program here can be blamed for.
 * And how far away its memory is: see {@link MemoryLatency}.
 */
public final class NoiseFloor {
    private static final long STALL_NS = 1_000;
    private static final long LONG_STALL_NS = 100_000;
    /** The first so many steps are for the compilers. */
    private static final int MEMORY_STEPS = 200_000;

    /** Made once. */
    private static final class Memory {
        private static final MemoryLatency LATENCY = new MemoryLatency();
    }

    private final Histogram stalls = new Histogram(60_000_000_000L, 3);
    private long longStalls;
    private long measuredNs;
    private double memoryNs;

    /** Measures on the caller's thread. */
    public static NoiseFloor measure(long ms) {
        final NoiseFloor floor = new NoiseFloor();
        Memory.LATENCY.measure(MEMORY_STEPS);
        floor.memoryNs = Memory.LATENCY.measure(MEMORY_STEPS);
        floor.spin(System.nanoTime() + ms * 1_000_000);
        return floor;
    }

    private void spin(long untilNs) {
        final long begun = System.nanoTime();
        long last = begun;
        while (last < untilNs) {
            final long now = System.nanoTime();
            if (now - last > STALL_NS) {
                stalls.recordValue(now - last);
                longStalls += now - last > LONG_STALL_NS ? 1 : 0;
            }
            last = now;
        }
        measuredNs = last - begun;
    }

    /** Returns the longest stall. */
    public long maxNs() {
        return stalls.getMaxValue();
    }

    /** Returns it as it stands in the results. */
    public Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("measured_ms", measuredNs / 1_000_000);
        json.put("stalls_over_100us_per_s", Figures.round(longStalls * 1e9 / measuredNs, 2));
        json.put("stalled_percent", Figures.round(
            100.0 * stalls.getMean() * stalls.getTotalCount() / measuredNs, 2));
        json.put("p99_us", Figures.micros(stalls.getValueAtPercentile(99)));
        json.put("max_us", Figures.micros(maxNs()));
        json.put("memory_ns", Figures.round(memoryNs, 1));
        return json;
    }
}
