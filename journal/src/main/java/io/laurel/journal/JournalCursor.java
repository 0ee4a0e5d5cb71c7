package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Goes over the whole log block by block, across files and epochs, and decides what may be
 * believed. In a finished epoch every block up to its recorded end must be there. In the open
 * epoch the log ends at the first thing that is not a block that follows; whether that is a torn
 * tail or a loss is decided by the highest durable mark that is known or found behind it.
 *
 * <p>After {@link #next()} has said that there is no more it can be asked again: it looks whether
 * a running node has written on.
 */
final class JournalCursor implements AutoCloseable {
    private final Path directory;
    private final boolean searchTail;
    private final long knownDurable;
    private final Chain chain = new Chain();
    private final RawScanner scanner = new RawScanner();
    private List<EpochEnd> epochs;
    private TreeMap<Long, Path> segments;
    private LogStart start;
    private long segment;
    private boolean opened;
    /** Where the last verified block ends. */
    private long goodSegment;
    private long goodPosition;
    /** The first place since then that holds no more in its file; -1 where there is none. */
    private long endSegment;
    private long endPosition;
    private boolean rechecked;
    private JournalTail tail;

    /**
     * Begins at the front of a segment.
     *
     * @param searchTail whether to look for lost blocks behind the end of the open epoch
     * @param knownDurable a sequence that must be there, 0 where none is known
     * @param startSegment first file to read
     * @param startSequence first sequence in it; 1 for the whole log
     */
    JournalCursor(Path directory, boolean searchTail, long knownDurable, long startSegment,
        long startSequence) throws IOException {
        this.directory = directory;
        this.searchTail = searchTail;
        this.knownDurable = knownDurable;
        this.segment = startSegment;
        this.goodSegment = startSegment;
        this.endSegment = -1;
        list();
        if (startSegment > Segments.FIRST) {
            chain.begin(startSequence, epochOf(startSegment));
            if (start != null && start.segment() == startSegment) {
                chain.anchor(start.lastHash());
            }
        }
    }

    private void list() throws IOException {
        LogFiles files = LogFiles.of(directory);
        segments = files.segments();
        epochs = files.epochs();
        start = files.start();
    }

    private int epochOf(long number) {
        for (EpochEnd end : epochs) {
            if (number <= end.lastSegment()) {
                return end.epoch();
            }
        }
        return epochs.size() + 1;
    }

    private EpochEnd recordedEnd() {
        return chain.epoch() <= epochs.size() ? epochs.get(chain.epoch() - 1) : null;
    }

    /**
     * Finds and verifies the next block.
     *
     * @return false where the log ends here
     * @throws JournalCorruptException where it cannot be believed
     */
    boolean next() throws IOException {
        if (tail != null) {
            list();
            tail = null;
        }
        rechecked = false;
        while (true) {
            EpochEnd end = recordedEnd();
            if (end != null && goodSegment == end.endSegment()
                && goodPosition == end.endOffset()) {
                finishEpoch(end);
                continue;
            }
            if (!opened && !openSegment()) {
                boolean none = end == null && segments.tailMap(segment).isEmpty();
                if (fail(none ? "" : "the file is missing", segment, 0)) {
                    continue;
                }
                return false;
            }
            switch (scanner.find()) {
                case BLOCK -> {
                    String fault = chain.extend(scanner.buffer(), scanner.input().bytes(),
                        scanner.payloadOffset(), scanner.lengthBytes());
                    if (fault == null) {
                        goodSegment = segment;
                        goodPosition = scanner.position() + RawScanner.EXCERPT_HEADER_BYTES
                            + scanner.lengthBytes();
                        endSegment = -1;
                        return true;
                    }
                    refuseNewer();
                    boolean hole = chain.brokenLink() && endSegment >= 0;
                    if (!fail(fault, hole ? endSegment : segment,
                        hole ? endPosition : scanner.position())) {
                        return false;
                    }
                }
                case BAD -> {
                    if (!fail(scanner.fault(), segment, scanner.position())) {
                        return false;
                    }
                }
                default -> {
                    if (!passEnd() && !fail("", endSegment, endPosition)) {
                        return false;
                    }
                }
            }
        }
    }

    private void refuseNewer() throws NewerDataException {
        int version = Envelope.newerVersion(scanner.buffer(), scanner.input().bytes(),
            scanner.payloadOffset(), scanner.lengthBytes());
        if (version != 0) {
            throw new NewerDataException(scanner.file() + " has a block of version " + version
                + ", this program knows " + Envelope.VERSION);
        }
    }

    /** Steps behind the block that {@link #next()} has found. */
    void consume() {
        scanner.skip();
    }

    private boolean openSegment() throws IOException {
        Path file = segments.get(segment);
        if (file == null) {
            return false;
        }
        scanner.open(file, segment == goodSegment ? goodPosition : 0);
        opened = true;
        return true;
    }

    /** Notes where a file holds no more and goes to the next one of the epoch. */
    private boolean passEnd() throws IOException {
        if (endSegment < 0) {
            endSegment = segment;
            endPosition = scanner.position();
        }
        EpochEnd end = recordedEnd();
        long last = end != null ? end.endSegment()
            : segments.isEmpty() ? segment : segments.lastKey();
        if (segment >= last) {
            return false;
        }
        segment++;
        opened = false;
        return true;
    }

    private void finishEpoch(EpochEnd end) throws IOException {
        if (chain.blocks() > 0 && (chain.lastSequence() != end.lastSequence()
            || !chain.hashHex().equals(end.lastHash()))) {
            throw corrupt("the log does not end as it was recorded for epoch " + end.epoch(),
                goodSegment, goodPosition);
        }
        chain.nextEpoch(end.epoch() + 1);
        segment = end.lastSegment() + 1;
        goodSegment = segment;
        goodPosition = 0;
        endSegment = -1;
        opened = false;
    }

    /**
     * Judges a place where the log does not go on.
     *
     * @return true to try once more, because a running node may have written there meanwhile;
     *     false where the log ends there
     */
    private boolean fail(String fault, long atSegment, long atPosition) throws IOException {
        EpochEnd end = recordedEnd();
        boolean silent = fault.isEmpty();
        if (end == null && silent && !searchTail) {
            stopAt(atSegment, atPosition, fault, null);
            return false;
        }
        TailSearch search = end == null ? search(atSegment, atPosition) : null;
        long durable = Math.max(knownDurable, chain.durableMark());
        if (search != null) {
            durable = Math.max(durable, search.highestMark());
        }
        boolean lost = search == null || durable > chain.lastSequence()
            || search.highestEpoch() > chain.epoch();
        if (!rechecked && (lost || !silent)) {
            rechecked = true;
            list();
            rewind();
            return true;
        }
        if (lost) {
            throw corrupt((silent ? "the log ends" : fault) + (search == null
                ? ", and the epoch was recorded as longer"
                : ", and sequence " + durable + " was durable"), atSegment, atPosition);
        }
        stopAt(atSegment, atPosition, fault, search);
        return false;
    }

    private TailSearch search(long atSegment, long atPosition) throws IOException {
        TailSearch search = new TailSearch(chain.lastSequence(), chain.epoch());
        Path file = segments.get(atSegment);
        if (file != null) {
            search.run(file, atPosition, segments.tailMap(atSegment, false).values());
        } else if (segments.higherEntry(atSegment) != null) {
            search.run(segments.higherEntry(atSegment).getValue(), 0,
                segments.tailMap(segments.higherKey(atSegment), false).values());
        }
        return search;
    }

    /** Goes back to the end of the last verified block. */
    private void rewind() {
        segment = goodSegment;
        opened = false;
        endSegment = -1;
    }

    private void stopAt(long atSegment, long atPosition, String fault, TailSearch search) {
        Path file = segments.get(atSegment);
        tail = new JournalTail(file == null ? Segments.name(atSegment) : file.toString(),
            atPosition, search == null ? 0 : search.tornBytes(),
            search == null ? 0 : search.blocks(), search == null ? 0 : search.oldBlocks(),
            fault);
        rewind();
    }

    private JournalCorruptException corrupt(String fault, long atSegment, long atPosition) {
        return new JournalCorruptException(fault,
            directory.resolve(Segments.name(atSegment)).toString(), atPosition,
            chain.lastSequence());
    }

    /** Returns the memory that holds the block. */
    DirectBuffer buffer() {
        return scanner.buffer();
    }

    /** Returns where the block lies in {@link #buffer()}. */
    int blockOffset() {
        return scanner.payloadOffset();
    }

    /** Returns the bytes of the block with its header. */
    int blockBytes() {
        return scanner.lengthBytes();
    }

    Chain chain() {
        return chain;
    }

    List<EpochEnd> epochs() {
        return epochs;
    }

    TreeMap<Long, Path> segments() {
        return segments;
    }

    /** Returns the file in which the verified log ends. */
    long goodSegment() {
        return goodSegment;
    }

    /** Returns the file that is read, or in which the log could not be believed. */
    long segment() {
        return segment;
    }

    /** Returns the position in that file. */
    long goodPosition() {
        return goodPosition;
    }

    /** Returns where and why the log ends, once {@link #next()} has said that it does. */
    JournalTail tail() {
        return tail;
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
