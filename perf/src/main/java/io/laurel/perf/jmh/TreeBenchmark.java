package io.laurel.perf.jmh;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.CountedTree;
import io.laurel.engine.memory.Cursor;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Placement;
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

/** The counted tree: keys of three words, of which the first moves up with each update. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TreeBenchmark implements Placement {
    private static final int WORDS = 2;

    @Param({"1000", "100000", "1000000"})
    private int entries;

    private final Mix mix = new Mix(1);
    private final Cursor cursor = new Cursor();
    private final long[] newKey = new long[WORDS];
    private Pages pages;
    private CountedTree tree;
    private long at;
    private long[] scores;
    private int[] leaves;

    /** Fills the tree. */
    @Setup
    public void fill() {
        pages = new Pages((64L << 20) + entries * 256L);
        leaves = new int[entries];
        tree = new CountedTree(Allocator.create(pages), 0,
            (key, ref) -> Integer.compareUnsigned((int) key[1], ref), this);
        at = tree.create();
        scores = new long[entries];
        for (int i = 0; i < entries; i++) {
            scores[i] = mix.below(1 << 20);
            tree.insert(at, key(newKey, i));
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        pages.close();
    }

    @Override
    public int get(int ref) {
        return leaves[ref];
    }

    @Override
    public void put(int ref, int leaf) {
        leaves[ref] = leaf;
    }

    private long[] key(long[] key, int who) {
        key[0] = scores[who];
        key[1] = (long) who << 32 | who;
        return key;
    }

    /** Moves an entry. */
    @Benchmark
    public void update() {
        final int who = (int) mix.below(entries);
        scores[who] += mix.below(2_000);
        tree.move(at, key(newKey, who));
    }

    /** Looks a place up. */
    @Benchmark
    public long rank() {
        return tree.rank((int) mix.below(entries));
    }

    /** Looks up who has a place. */
    @Benchmark
    public int select() {
        tree.select(at, mix.below(entries), cursor);
        return cursor.ref();
    }
}
