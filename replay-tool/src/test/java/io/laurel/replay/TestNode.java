package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.derive.RebuildReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.journal.ChronicleJournal;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalConfig;
import io.laurel.journal.JournalFiles;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotListener;
import io.laurel.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A node without its doors: commands go into a real journal in blocks and into an engine. */
public final class TestNode implements AutoCloseable {
    private static final long MEMORY_BYTES = 256L << 20;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int MANY_PAGES = 1 << 20;

    /** Holds what was played. */
    public final Engine engine = new Engine(MEMORY_BYTES);
    private final Path data;
    private final DataDirectory directory;
    private final ChronicleJournal journal;
    private final CommandEncoding encoding =
        new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
    private final UnsafeBuffer block =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(BLOCK_BYTES, Long.BYTES));
    private final int recordsPerBlock;
    private long firstSequence;
    private int blockBytes;
    private int blockRecords;
    private long durable;
    private Snapshot lastSnapshot;
    private boolean rebuilds;

    private TestNode(Path data, int recordsPerBlock) throws IOException {
        this.data = data;
        this.recordsPerBlock = recordsPerBlock;
        directory = DataDirectory.open(data);
        journal = ChronicleJournal.open(new JournalConfig(directory.journal(), 1 << 20, 0),
            JournalFiles.scan(directory.journal()));
    }

    /** Begins a log in a directory. */
    public static TestNode open(Path data, int recordsPerBlock) throws IOException {
        return new TestNode(data, recordsPerBlock);
    }

    /** Goes on with the log of a directory, in a new epoch. */
    public static TestNode again(Path data, int recordsPerBlock) throws IOException {
        final TestNode node = new TestNode(data, recordsPerBlock);
        try (ReplayedLog log = LogPass.over(data).observedBy((command, engine) ->
            node.engine.apply(command.sequence(), command.timeNs(), command.templateId(),
                command.version(), command.blockLength(), command.buffer(), command.offset(),
                command.length())).run()) {
            node.durable = log.engine().sequence();
        }
        return node;
    }

    /** Journals and applies commands, the last block included. */
    public TestNode play(List<Step> steps) throws IOException {
        return play(steps, true);
    }

    /** As the other one; the last block may stay open. */
    public TestNode play(List<Step> steps, boolean flush) throws IOException {
        for (final Step step : steps) {
            final ResultCode result = apply(step.timeNs(), encoding.write(step.command()));
            if (step.command() instanceof Command.RegisterSource source
                && result == ResultCode.ACCEPTED) {
                encoding.registered(source.name(), (int) engine.resultValue());
            }
            if (rebuilds) {
                rebuild();
            }
        }
        if (flush) {
            flush();
        }
        return this;
    }

    /** From now on rolled back rounds are looked up, and entries derived anew, at once. */
    public TestNode rebuilding() {
        rebuilds = true;
        return this;
    }

    private void rebuild() throws IOException {
        try (RebuildReader reader = new RebuildReader(
            () -> JournalFiles.openReader(directory.journal()),
            before -> new Engine(MEMORY_BYTES), Progress.NONE)) {
            rebuild(reader);
        }
    }

    private void rebuild(RebuildReader reader) throws IOException {
        final CommandWriter writer = new CommandWriter();
        RebuildWork work = engine.reads() == null ? RebuildWork.NONE
            : engine.reads().rebuildWork();
        while (!work.isEmpty()) {
            flush();
            for (final Consumer<CommandWriter> answer : reader.answer(work)) {
                answer.accept(writer);
                apply(engine.timeNs(), writer);
            }
            work = engine.reads().rebuildWork();
        }
    }

    /** Journals and applies one command; the block may stay open. */
    public ResultCode apply(long timeNs, CommandWriter command) throws IOException {
        final long sequence = engine.sequence() + 1;
        final int length = LogRecord.HEADER_BYTES + command.length();
        final int aligned = LogRecord.aligned(length);
        if (blockBytes + aligned > BLOCK_BYTES) {
            flush();
        }
        if (blockRecords == 0) {
            firstSequence = sequence;
        }
        put(sequence, timeNs, command, length, aligned);
        blockRecords++;
        blockBytes += aligned;
        engine.apply(sequence, timeNs, command.templateId(), 0, command.blockLength(),
            command.buffer(), 0, command.length());
        final ResultCode result = ResultCode.of(engine.resultCode());
        if (blockRecords == recordsPerBlock) {
            flush();
        }
        return result;
    }

    private void put(long sequence, long timeNs, CommandWriter command, int length,
        int aligned) {
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        final int at = blockBytes;
        block.setMemory(at, aligned, (byte) 0);
        block.putInt(at + LogRecord.LENGTH_OFFSET, length, order);
        block.putLong(at + LogRecord.SEQUENCE_OFFSET, sequence, order);
        block.putLong(at + LogRecord.TIME_OFFSET, timeNs, order);
        block.putShort(at + LogRecord.TEMPLATE_OFFSET, (short) command.templateId(), order);
        block.putShort(at + LogRecord.BLOCK_LENGTH_OFFSET, (short) command.blockLength(), order);
        block.putBytes(at + LogRecord.HEADER_BYTES, command.buffer(), 0, command.length());
        final ByteBuffer bytes = block.byteBuffer().duplicate();
        final CRC32C crc = new CRC32C();
        crc.update(bytes.limit(at + length).position(at + LogRecord.SEQUENCE_OFFSET));
        block.putInt(at + LogRecord.CRC_OFFSET, (int) crc.getValue(), order);
    }

    /** Writes and forces the open block. */
    public void flush() throws IOException {
        if (blockRecords > 0) {
            journal.append(block, 0, blockBytes, firstSequence, engine.sequence(), durable);
            durable = journal.force();
            blockBytes = 0;
            blockRecords = 0;
        }
    }

    /** Writes a snapshot of the state as it is. */
    public Snapshot snapshot() throws IOException {
        flush();
        engine.images().begin();
        while (!engine.images().copySlice(MANY_PAGES)) {
            Thread.onSpinWait();
        }
        try (SnapshotWriter writer = new SnapshotWriter(
            SnapshotDirectory.open(directory.snapshots()), 10, lastSnapshot, Long.MAX_VALUE,
            failures())) {
            writer.take(engine.images().end(), () -> durable);
            if (!writer.awaitIdle(TimeUnit.SECONDS.toNanos(10)) || writer.last() == null) {
                throw new IOException("the snapshot was not written in time");
            }
            lastSnapshot = writer.last();
        }
        return lastSnapshot;
    }

    private static SnapshotListener failures() {
        return new SnapshotListener() {
            @Override
            public void onWritten(Snapshot snapshot, long durationNs) {
                // asked for by last()
            }

            @Override
            public void onNoRoom(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void onFailed(long sequence, Throwable cause) {
                throw new IllegalStateException("snapshot " + sequence, cause);
            }
        };
    }

    /** Removes segments that nobody needs who begins behind a sequence; returns how many. */
    public int prune(long sequence) throws IOException {
        return pruneAs(sequence, engine.hashSeed());
    }

    /** As the other one, and names the log otherwise. */
    public int pruneAs(long sequence, long identity) throws IOException {
        flush();
        return journal.prune(sequence + 1, identity);
    }

    public String stateRoot() {
        return HexFormat.of().formatHex(engine.stateRoot());
    }

    /** Copies all files as they are, which is what a killed node leaves behind. */
    public Path copyTo(Path target) throws IOException {
        return copy(data, target);
    }

    /** Copies a directory and all that is in it, but for zeros written ahead. */
    public static Path copy(Path from, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                final Path copy = target.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith("next.zeros")) {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
            journal.close();
        } finally {
            directory.close();
            engine.close();
        }
    }
}
