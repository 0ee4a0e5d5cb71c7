package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.ExcerptContext;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The only class that sees Chronicle Queue. Chronicle begins each file, places the first excerpt in
 * it and ends it; the others are laid behind by us, in its format and through the
 * file, as another appender on the same queue might have done. It would write all of them through
 * its mapping: but each force write-protects the pages of a mapping
 * that were written, with an interrupt to every core on which the process runs, for which it waits,
 * on virtual machines up to the next tick of the clock; and who writes next waits for that.
 *
 * <p>Where it goes on, Chronicle finds by passing the headers of all excerpts behind the last one
 * that the front of the file names, through its mapping: thousands of them take milliseconds, of
 * the thread that writes. So the front is told now and then, and before a file is left, how far
 * it goes.
 *
 * <p>Its clock is the number of the segment, so that it
 * goes to the next file when we say so; its own directory table is thrown away at every start
 * and made to begin at the first file of the epoch, so that it never touches an older one.
 */
final class SegmentQueue implements AutoCloseable {
    private static final String TABLE = "metadata.cq4t";
    private static final String LOWEST = "listing.lowestCycle";
    private static final String HIGHEST = "listing.highestCycle";

    /** Excerpts behind the last one that the front of a file names, at most. */
    static final int MARKED_EVERY = 4_096;

    private final Path directory;
    private final ByteBuffer header = ByteBuffer
        .allocateDirect(RawScanner.EXCERPT_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final long markedEveryBytes;
    private volatile long segment;
    private long position;
    private Front front;

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
        // the front takes no step of more than one mapping
        markedEveryBytes = config.chunkBytes() / 2;
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
    void roll() throws IOException {
        front.mark();
        front.close();
        front = null;
        segment++;
        position = 0;
    }

    /**
     * Writes one excerpt and returns the position behind it.
     *
     * @param file of the current segment
     * @param source from its position to its limit
     */
    long append(FileChannel file, ByteBuffer source) throws IOException {
        if (position == 0) {
            place(file, source);
            front = new Front();
        } else {
            layBehind(file, source);
        }
        return position;
    }

    /** Has Chronicle find the place and mark the excerpt complete; only the bytes are ours. */
    private void place(FileChannel file, ByteBuffer source) throws IOException {
        try (DocumentContext context = appender.writingDocument()) {
            boolean done = false;
            try {
                Bytes<?> bytes = context.wire().bytes();
                int lengthBytes = source.remaining();
                write(file, source, bytes.writePosition());
                bytes.writeSkip(lengthBytes);
                position = bytes.writePosition();
                done = true;
            } finally {
                if (!done) {
                    context.rollbackOnClose();
                }
            }
        }
    }

    /** Lays the excerpt behind the last one: first the bytes, then the header that shows them. */
    private void layBehind(FileChannel file, ByteBuffer source) throws IOException {
        long at = position + RawScanner.ALIGNMENT - 1 & -RawScanner.ALIGNMENT;
        int lengthBytes = source.remaining();
        write(file, source, at + RawScanner.EXCERPT_HEADER_BYTES);
        header.clear().putInt(0, lengthBytes);
        write(file, header, at);
        position = at + RawScanner.EXCERPT_HEADER_BYTES + lengthBytes;
        front.laid(at);
    }

    private static void write(FileChannel file, ByteBuffer source, long position)
        throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
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
        if (front != null) {
            front.close();
        }
        appender.close();
        queue.close();
    }

    /** What the front of the current file says; its first excerpt has the number 0. */
    private final class Front {
        private final SingleChronicleQueueStore store =
            queue.storeForCycle(appender.cycle(), 0, false, null);
        private long number;
        private long lastAt;
        private long lastNumber;
        private long markedAt = position;
        private long markedNumber;

        /** An excerpt was laid, with its header at a position. */
        void laid(long at) throws IOException {
            number++;
            // one that belongs into Chronicle's index would be written there as well
            if (!store.indexable(number)) {
                lastNumber = number;
                lastAt = at;
            }
            if (lastNumber - markedNumber >= MARKED_EVERY
                || at - markedAt >= markedEveryBytes) {
                mark();
            }
        }

        /** Names the last excerpt, or the one before it. */
        void mark() throws IOException {
            if (lastNumber > markedNumber) {
                store.writePosition(lastAt);
                store.setPositionForSequenceNumber((ExcerptContext) appender, lastNumber, lastAt);
                markedNumber = lastNumber;
                markedAt = lastAt;
            }
        }

        void close() {
            queue.closeStore(store);
        }
    }
}
