package io.laurel.perf.jmh;

import io.laurel.perf.apply.EngineRig;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.Rounds;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Dedupe with what surrounds it: rounds that no contest takes are decoded, found new, remembered
 * with their player. The state grows with each, so an iteration is a fixed number of them; making
 * them counts; {@code CodecBenchmark.write} gives its cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 30)
public class IntakeBenchmark {
    private static final int CHUNKS = 8;

    @Param({"1000", "1000000"})
    private long players;

    private EngineRig rig;
    private Rounds series;

    /** Brings the players in. */
    @Setup(Level.Trial)
    public void fill() {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        rig = new EngineRig(4L << 30, players,
            new ContestSet(1, 0, BoardMix.USUAL, startNs), startNs);
        rig.preload(players, 1);
        series = rig.series(2, Distribution.UNIFORM.among(players));
    }

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void close() {
        rig.close();
    }

    /** Remembers rounds. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS * EngineRig.CHUNK)
    public void remember() {
        for (int i = 0; i < CHUNKS; i++) {
            rig.play(series, EngineRig.CHUNK);
        }
    }
}
