package io.laurel.perf.jmh;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.KeptRounds;
import io.laurel.engine.memory.Pages;
import io.laurel.perf.load.Mix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The best twenty rounds of many players. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeptRoundsBenchmark {
    private static final int KEPT = 20;

    @Param({"1000", "100000"})
    private int players;

    private final Mix mix = new Mix(1);
    private Pages pages;
    private KeptRounds kept;
    private long[] lists;
    private long ts;

    /** Gives everybody full lists. */
    @Setup
    public void fill() {
        pages = new Pages((64L << 20) + players * 4_096L);
        final Allocator allocator = Allocator.create(pages);
        kept = KeptRounds.best(allocator, 0);
        lists = new long[players];
        for (int i = 0; i < players; i++) {
            lists[i] = allocator.allocate(0, KeptRounds.HEADER_BYTES);
            for (int round = 0; round < KEPT; round++) {
                kept.offer(lists[i], KEPT, mix.below(5_000), ++ts);
            }
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        pages.close();
    }

    /** Offers a round that may or may not be one of the best. */
    @Benchmark
    public KeptRounds.Outcome offer() {
        return kept.offer(lists[(int) mix.below(players)], KEPT, mix.below(5_000), ++ts);
    }
}
