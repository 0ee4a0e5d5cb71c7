package io.laurel.perf.jmh;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;
import io.laurel.perf.load.Mix;
import io.laurel.perf.load.RoundWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ids to numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DictionaryBenchmark {
    private static final int TABLE = 1 << 16;
    private static final int BODY_BYTES = 8;

    @Param({"1000", "1000000"})
    private int ids;

    private final Mix mix = new Mix(1);
    private final UnsafeBuffer table =
        new UnsafeBuffer(new byte[TABLE * RoundWriter.USER_BYTES]);
    private Pages pages;
    private IdDictionary dictionary;

    /** Fills it. */
    @Setup
    public void fill() {
        pages = new Pages((64L << 20) + ids * 256L);
        dictionary = IdDictionary.create(Allocator.create(pages), 0, new StateHash(7),
            BODY_BYTES, 1);
        final UnsafeBuffer id = new UnsafeBuffer(new byte[RoundWriter.USER_BYTES]);
        for (int i = 0; i < ids; i++) {
            id.putBytes(0, bytes(i));
            dictionary.intern(id, 0, RoundWriter.USER_BYTES);
        }
        for (int i = 0; i < TABLE; i++) {
            table.putBytes(i * RoundWriter.USER_BYTES, bytes(mix.below(ids)));
        }
    }

    private static byte[] bytes(long player) {
        return RoundWriter.user(player).getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        pages.close();
    }

    /** Finds an id that is there. */
    @Benchmark
    public int find() {
        return dictionary.find(table, (int) mix.below(TABLE) * RoundWriter.USER_BYTES,
            RoundWriter.USER_BYTES);
    }
}
