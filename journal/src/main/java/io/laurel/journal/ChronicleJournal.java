package io.laurel.journal;

import io.laurel.engine.port.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Deque;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The log, written through Chronicle Queue: one excerpt a block, see {@link Envelope}. One thread
 * appends, one other forces, any thread may ask for sequence and space. After the first failure
 * every further call fails.
 */
public final class ChronicleJournal implements Journal {
    /** Room behind the last block for Chronicle's mark of the end. */
    private static final int END_MARK_BYTES = 16;

    /** A file of this epoch that still has something to force. */
    private static final class OpenSegment {
        private final long number;
        private final FileChannel channel;
        private final long lengthBytes;
        /** Where its last block ends, once the next file has begun. */
        private volatile long finalPosition;

        private OpenSegment(long number, FileChannel channel) throws IOException {
            this.number = number;
            this.channel = channel;
            lengthBytes = channel.size();
        }
    }

    private final JournalConfig config;
    private final JournalScan scan;
    /** Held while {@link #known} changes: the force thread and whoever prunes. */
    private final Object records = new Object();
    private EpochsFile known;
    private final SegmentPreparer preparer;
    private final SegmentQueue queue;
    private final MessageDigest sha256 = Chain.sha256();
    private final byte[] hash;
    private final ByteBuffer staging;
    private final UnsafeBuffer stagingBuffer;
    private final Deque<OpenSegment> open = new ConcurrentLinkedDeque<>();
    private final int epoch;
    private long lastTimeNs;
    private long endSegment;
    private long endPosition;
    /** The newest segment of which is written down that it has begun. */
    private long recorded;
    private volatile long lastSequence;
    private volatile boolean failed;
    private boolean closed;

    private ChronicleJournal(JournalConfig config, JournalScan scan, SegmentPreparer preparer)
        throws IOException {
        this.config = config;
        this.scan = scan;
        this.preparer = preparer;
        this.known = EpochsFile.read(config.directory());
        epoch = scan.nextEpoch();
        hash = HexFormat.of().parseHex(scan.lastHash());
        lastSequence = scan.lastSequence();
        lastTimeNs = scan.lastTimeNs();
        endSegment = scan.nextSegment();
        staging = ByteBuffer.allocateDirect(Envelope.HEADER_BYTES + config.maxBlockBytes());
        stagingBuffer = new UnsafeBuffer(staging);
        boolean done = false;
        SegmentQueue opened = null;
        try {
            opened = new SegmentQueue(config, scan.nextSegment());
            beginSegment(opened.segment(), opened.file());
            record(opened.segment());
            done = true;
        } finally {
            if (!done) {
                release(opened);
            }
        }
        queue = opened;
    }

    /**
     * Opens the log for writing, as {@link JournalOpening} does where there is nothing to do
     * meanwhile.
     *
     * @param scan what {@link JournalRecovery} has just found in the same directory
     * @throws IOException where the disk fails or has no room, or the JVM lacks its flags
     */
    public static ChronicleJournal open(JournalConfig config, JournalScan scan)
        throws IOException {
        return JournalOpening.of(config).open(scan);
    }

    /** As {@link #open(JournalConfig, JournalScan)}, with another source for the free bytes. */
    static ChronicleJournal open(JournalConfig config, JournalScan scan, LongSupplier usableBytes)
        throws IOException {
        return JournalOpening.of(config, usableBytes).open(scan);
    }

    /** As {@link JournalOpening#open}; what prepares the files is the journal's from here on. */
    static ChronicleJournal open(JournalConfig config, JournalScan scan, SegmentPreparer preparer)
        throws IOException {
        boolean done = false;
        try {
            endEpoch(config, scan);
            final ChronicleJournal journal = new ChronicleJournal(config, scan, preparer);
            done = true;
            return journal;
        } finally {
            if (!done) {
                preparer.close();
            }
        }
    }

    private static void endEpoch(JournalConfig config, JournalScan scan) throws IOException {
        if (scan.openEpochSegments().isEmpty()) {
            return;
        }
        EpochEnd end = scan.epochs().get(scan.epochs().size() - 1);
        for (UnforcedTail.Stretch stretch
            : UnforcedTail.find(config.directory(), end, scan.durableMark())) {
            UnforcedTail.writeAgain(stretch);
        }
        for (long segment : scan.openEpochSegments()) {
            DurableFiles.forceFile(Segments.file(config.directory(), segment));
        }
        EpochsFile.read(config.directory()).with(end).write(config.directory());
        for (long segment = end.endSegment(); segment <= end.lastSegment(); segment++) {
            trim(config, segment, segment == end.endSegment() ? end.endOffset() : 0);
        }
    }

    private static void trim(JournalConfig config, long segment, long keepBytes)
        throws IOException {
        Path file = Segments.file(config.directory(), segment);
        if (Files.exists(file)) {
            SegmentTrimmer.trim(file, keepBytes);
        }
    }

    private void beginSegment(long number, Path file) throws IOException {
        preparer.take(file);
        open.addLast(new OpenSegment(number,
            FileChannel.open(file, StandardOpenOption.WRITE)));
    }

    @Override
    public void append(DirectBuffer block, int offset, int length, long firstSequence,
        long blockLastSequence, long durableMark) throws IOException {
        checkUsable();
        if (firstSequence != lastSequence + 1 || blockLastSequence < firstSequence
            || durableMark >= firstSequence || length < 1 || length > config.maxBlockBytes()) {
            throw new IllegalArgumentException("block of " + length + " bytes, sequences "
                + firstSequence + " to " + blockLastSequence + ", mark " + durableMark
                + " does not follow sequence " + lastSequence);
        }
        boolean done = false;
        try {
            stage(block, offset, length, firstSequence, blockLastSequence, durableMark);
            write(Envelope.HEADER_BYTES + length);
            done = true;
        } catch (RuntimeException | InternalError e) {
            // an access to a mapped page that the disk cannot back comes as InternalError
            throw new IOException("the journal cannot be written", e);
        } finally {
            if (!done) {
                failed = true;
            }
        }
        lastSequence = blockLastSequence;
    }

    private void stage(DirectBuffer block, int offset, int length, long firstSequence,
        long blockLastSequence, long durableMark) {
        Envelope.put(stagingBuffer, 0, epoch, length, firstSequence, blockLastSequence,
            durableMark);
        stagingBuffer.putBytes(Envelope.PREVIOUS_HASH_OFFSET, hash);
        stagingBuffer.putBytes(Envelope.HEADER_BYTES, block, offset, length);
        int total = Envelope.HEADER_BYTES + length;
        Envelope.seal(stagingBuffer, 0, staging, total);
        lastTimeNs = Chain.lastTimeNs(stagingBuffer, Envelope.HEADER_BYTES, total);
        sha256.update(staging.limit(total).position(0));
        staging.clear();
        System.arraycopy(sha256.digest(), 0, hash, 0, hash.length);
    }

    private void write(int totalBytes) throws IOException {
        boolean first = queue.position() == 0;
        if (!first && config.isFull(queue.position() + totalBytes)) {
            open.getLast().finalPosition = queue.position();
            queue.roll();
            beginSegment(queue.segment(), queue.file());
            first = true;
        }
        endPosition =
            queue.append(open.getLast().channel, staging.limit(totalBytes).position(0));
        staging.clear();
        endSegment = queue.segment();
        preparer.filled(endPosition);
        if (first) {
            queue.checkFile();
        }
    }

    @Override
    public long force() throws IOException {
        checkUsable();
        long sequence = lastSequence;
        long newest = open.getLast().number;
        boolean done = false;
        try {
            for (OpenSegment segment : open) {
                if (segment.number > newest) {
                    break;
                }
                segment.channel.force(false);
            }
            if (recorded != newest) {
                synchronized (records) {
                    record(newest);
                }
                giveBack(newest);
            }
            done = true;
        } finally {
            if (!done) {
                failed = true;
            }
        }
        return sequence;
    }

    /**
     * Makes the names of all segments up to the newest durable, then writes down that they have
     * begun and how long they are: from then on a missing one is a loss.
     */
    private void record(long newest) throws IOException {
        DurableFiles.forceDirectory(config.directory());
        SortedMap<Long, Long> lengths = new TreeMap<>(known.lengths());
        for (OpenSegment segment : open) {
            if (segment.number <= newest) {
                lengths.put(segment.number, segment.number == newest ? segment.lengthBytes
                    : segment.finalPosition + END_MARK_BYTES);
            }
        }
        known = known.with(lengths);
        known.write(config.directory());
        recorded = newest;
    }

    /**
     * Removes the segments all of whose records lie before a sequence. Any thread.
     *
     * @param sequence first one that is still needed
     * @param identity what tells this log from others, for {@link JournalFiles#prunedStart}
     * @return how many files were removed
     */
    public int prune(long sequence, long identity) throws IOException {
        LogStart start;
        try (SegmentIndex index = new SegmentIndex(config.directory())) {
            start = index.keptFrom(sequence, identity);
        }
        if (start == null) {
            return 0;
        }
        synchronized (records) {
            known = known.from(start);
            known.write(config.directory());
        }
        int removed = 0;
        for (Path file : Segments.list(config.directory()).headMap(start.segment()).values()) {
            // in order: where the first is there, all are
            Files.delete(file);
            removed++;
        }
        return removed;
    }

    /** Gives the zeros behind the files back that the queue has left. */
    private void giveBack(long newest) throws IOException {
        for (OpenSegment segment : open) {
            if (segment.number < newest) {
                segment.channel.truncate(segment.finalPosition + END_MARK_BYTES);
                open.remove(segment);
                segment.channel.close();
            }
        }
    }

    private void checkUsable() throws IOException {
        if (failed) {
            throw new IOException("the journal has failed before");
        }
    }

    @Override
    public long lastAppendedSequence() {
        return lastSequence;
    }

    @Override
    public boolean storageLow() {
        return preparer.isStorageLow();
    }

    /** Returns the number of this run's epoch. */
    public int epoch() {
        return epoch;
    }

    /** Returns the most bytes of records that one block may hold. */
    public int maxBlockBytes() {
        return config.maxBlockBytes();
    }

    /**
     * Forces what is left and writes down where the epoch ends, so that from now on every byte of
     * it is known to have been durable; after a failure it lets go of the files only.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean clean = !failed;
        try {
            if (clean) {
                force();
            }
        } finally {
            release(queue);
        }
        if (clean) {
            known.with(new EpochEnd(epoch, scan.nextSegment(), queue.segment(), endSegment,
                endPosition, lastSequence, lastTimeNs, HexFormat.of().formatHex(hash), 0, 0))
                .write(config.directory());
            trim(config, queue.segment(), endSegment == queue.segment() ? endPosition : 0);
        }
    }

    private void release(SegmentQueue opened) throws IOException {
        if (opened != null) {
            opened.close();
        }
        for (OpenSegment segment : open) {
            segment.channel.close();
        }
        preparer.close();
    }
}
