package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The only class that sees Chronicle Queue. Its clock is the number of the segment, so that it
 * goes to the next file when we say so; its own directory table is thrown away at every start
 * and made to begin at the first file of the epoch, so that it never touches an older one.
 */
final class SegmentQueue implements AutoCloseable {
    private static final String TABLE = "metadata.cq4t";
    private static final String LOWEST = "listing.lowestCycle";
    private static final String HIGHEST = "listing.highestCycle";

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private volatile long segment;
    private long position;

    static {
        // before any class of Chronicle is loaded: nothing is sent anywhere, nothing announced
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    /**
     * Opens the queue for an epoch; no file of it may exist yet.
     *
     * @throws IOException where the queue cannot be written
     */
    SegmentQueue(JournalConfig config, long firstSegment) throws IOException {
        directory = config.directory();
        segment = firstSegment;
        Files.deleteIfExists(directory.resolve(TABLE));
        SingleChronicleQueueBuilder builder = SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_HOURLY)
            .timeProvider(() -> segment * Segments.CYCLE_MS)
            .blockSize(config.chunkBytes());
        queue = builder.build();
        boolean done = false;
        try {
            if (builder.readOnly()) {
                throw new IOException("the queue opened for reading only");
            }
            queue.tableStorePut(LOWEST, firstSegment);
            queue.tableStorePut(HIGHEST, firstSegment);
            appender = queue.createAppender();
            // made here, used by the journal stage, closed by whoever stops the node
            appender.singleThreadedCheckDisabled(true);
            done = true;
        } catch (RuntimeException e) {
            throw new IOException("the queue cannot be opened for writing", e);
        } finally {
            if (!done) {
                queue.close();
            }
        }
    }

    /** Goes to the next file, which must exist and hold zeros. */
    void roll() {
        segment++;
        position = 0;
    }

    /**
     * Writes one excerpt and returns the position behind it. Chronicle gives the place and marks
     * the excerpt complete through its mapping; the bytes go there by way of the file, which is
     * the same memory of the kernel. A page written through the mapping would be write-protected
     * again by each force, with an interrupt to every core that the process runs on, and the
     * appending thread would wait for that at its next touch.
     *
     * @param file of the current segment
     * @param source from its position to its limit
     */
    long append(FileChannel file, ByteBuffer source) throws IOException {
        try (DocumentContext context = appender.writingDocument()) {
            boolean done = false;
            try {
                Bytes<?> bytes = context.wire().bytes();
                long at = bytes.writePosition();
                int lengthBytes = source.remaining();
                while (source.hasRemaining()) {
                    file.write(source, at + lengthBytes - source.remaining());
                }
                bytes.writeSkip(lengthBytes);
                position = bytes.writePosition();
                done = true;
            } finally {
                if (!done) {
                    context.rollbackOnClose();
                }
            }
        }
        return position;
    }

    /** Checks that Chronicle writes where we think it does. */
    void checkFile() throws IOException {
        Path expected = file();
        if (appender.currentFile() == null
            || !appender.currentFile().toPath().toAbsolutePath().equals(
                expected.toAbsolutePath())) {
            throw new IOException("the queue writes to " + appender.currentFile() + ", not to "
                + expected);
        }
    }

    /** Returns the current segment. */
    long segment() {
        return segment;
    }

    /** Returns the current file. */
    Path file() {
        return Segments.file(directory, segment);
    }

    /** Returns the position behind the last excerpt in the current file, 0 where there is none. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
