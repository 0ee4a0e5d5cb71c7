package io.laurel.perf.jmh;

import io.laurel.engine.pipeline.BlockWriter;
import io.laurel.journal.ChronicleJournal;
import io.laurel.journal.JournalConfig;
import io.laurel.journal.JournalRecovery;
import io.laurel.perf.proc.Node;
import io.laurel.protocol.storage.TickEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One block into the log, in the page cache: records, checksums, hash chain, one excerpt. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {
    private static final int BODY_BYTES = 168;
    private static final long LOW_SPACE_BYTES = 64L << 20;

    @Param({"1", "64", "1024"})
    private int records;

    private final BlockWriter block = new BlockWriter();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[BODY_BYTES]);
    private Path directory;
    private ChronicleJournal journal;
    private long sequence;

    /** Opens a log in a temporary directory. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        directory = Files.createTempDirectory("laurel-jmh");
        final Path files = Files.createDirectories(directory.resolve("journal"));
        journal = ChronicleJournal.open(
            new JournalConfig(files, JournalConfig.DEFAULT_SEGMENT_BYTES, LOW_SPACE_BYTES),
            new JournalRecovery(files).run(1, 0, (buffer, offset, length) -> true));
        sequence = 0;
    }

    /** Removes it. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        Node.remove(directory);
    }

    /** Appends one block. */
    @Benchmark
    public void append() throws IOException {
        block.clear();
        for (int i = 0; i < records; i++) {
            block.add(++sequence, sequence, TickEncoder.TEMPLATE_ID, 0, body, 0, BODY_BYTES);
        }
        journal.append(block.buffer(), 0, block.length(), block.firstSequence(),
            block.lastSequence(), block.firstSequence() - 1);
    }

    /** Appends one block and forces it. */
    @Benchmark
    public void appendAndForce() throws IOException {
        append();
        journal.force();
    }
}
