package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Looks at everything behind the place where the verified log ends: whole blocks found there tell
 * up to where the log was once durable.
 */
final class TailSearch {
    private static final int STEP_BYTES = 4;
    private static final int CHRONICLE_END_BYTES = 8;
    private static final int MAGIC_LOW = (int) Envelope.MAGIC;

    private final long lastSequence;
    private final int epoch;
    private long blocks;
    private long oldBlocks;
    private long tornBytes;
    private long highestMark;
    private long highestSequence;
    private int highestEpoch;

    /**
     * Begins behind the end of the log.
     *
     * @param lastSequence last one that is verified
     * @param epoch of that place
     */
    TailSearch(long lastSequence, int epoch) {
        this.lastSequence = lastSequence;
        this.epoch = epoch;
    }

    /** Searches the rest of one file and all of the ones that follow. */
    void run(Path first, long position, Collection<Path> following) throws IOException {
        try (SegmentInput input = new SegmentInput()) {
            input.open(first);
            search(input, position);
            for (Path file : following) {
                input.open(file);
                search(input, headOf(file));
            }
        }
    }

    /** Chronicle's own headers at the front of a later file are nothing that was torn off. */
    static long headOf(Path file) throws IOException {
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(file, 0);
            scanner.find();
            return scanner.position();
        }
    }

    private void search(SegmentInput input, long start) throws IOException {
        long from = start;
        if (input.load(from, Integer.BYTES) && int32(input, from) == RawScanner.END_MARK) {
            from += CHRONICLE_END_BYTES;
        }
        long lastUsed = from;
        long position = from;
        while (input.load(position, STEP_BYTES)) {
            long end = position + (input.loadedFrom(position) & -STEP_BYTES);
            while (position < end) {
                int value = int32(input, position);
                if (value == MAGIC_LOW) {
                    position += take(input, position);
                    lastUsed = position;
                    break;
                }
                position += STEP_BYTES;
                lastUsed = value == 0 ? lastUsed : position;
            }
        }
        tornBytes += lastUsed - from;
    }

    private static int int32(SegmentInput input, long position) {
        return input.buffer().getInt(input.offset(position), ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns where the next whole block begins, -1 where there is none in the file. */
    static long nextWhole(SegmentInput input, long from) throws IOException {
        long position = from;
        while (input.load(position, STEP_BYTES)) {
            long end = position + (input.loadedFrom(position) & -STEP_BYTES);
            while (position < end && int32(input, position) != MAGIC_LOW) {
                position += STEP_BYTES;
            }
            if (position < end) {
                if (wholeBytes(input, position) > 0) {
                    return position;
                }
                position += STEP_BYTES;
            }
        }
        return -1;
    }

    /** Returns the length of the whole block that begins here, 0 where none does. */
    private static int wholeBytes(SegmentInput input, long position) throws IOException {
        if (!input.load(position, Envelope.HEADER_BYTES)) {
            return 0;
        }
        int length = Envelope.recordBytes(input.buffer(), input.offset(position));
        if (length < 1 || length > Envelope.MAX_RECORD_BYTES
            || !input.load(position, Envelope.HEADER_BYTES + length)) {
            return 0;
        }
        int total = Envelope.HEADER_BYTES + length;
        return Envelope.fault(input.buffer(), input.bytes(), input.offset(position), total)
            == null ? total : 0;
    }

    /** Returns how far to go on: over the whole block, or one step where it is none. */
    private int take(SegmentInput input, long position) throws IOException {
        int total = wholeBytes(input, position);
        if (total == 0) {
            return STEP_BYTES;
        }
        int offset = input.offset(position);
        blocks++;
        if (Envelope.firstSequence(input.buffer(), offset) <= lastSequence
            || Envelope.epoch(input.buffer(), offset) < epoch) {
            oldBlocks++;
        }
        highestMark = Math.max(highestMark, Envelope.durableMark(input.buffer(), offset));
        highestSequence = Math.max(highestSequence,
            Envelope.lastSequence(input.buffer(), offset));
        highestEpoch = Math.max(highestEpoch, Envelope.epoch(input.buffer(), offset));
        return (total + STEP_BYTES - 1) & -STEP_BYTES;
    }

    /** Returns how many whole blocks there are. */
    long blocks() {
        return blocks;
    }

    /** Returns how many of them the log has before, or are of an epoch that is over. */
    long oldBlocks() {
        return oldBlocks;
    }

    /** Returns the bytes up to the last one that is not zero. */
    long tornBytes() {
        return tornBytes;
    }

    /** Returns the highest durable mark in those blocks. */
    long highestMark() {
        return highestMark;
    }

    /** Returns the highest sequence in those blocks. */
    long highestSequence() {
        return highestSequence;
    }

    /** Returns the highest epoch in those blocks. */
    int highestEpoch() {
        return highestEpoch;
    }
}
