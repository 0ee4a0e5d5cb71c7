package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Checks that every segment that has begun is there and as long as it was written, also where
 * reading begins far behind it. A crash takes away neither: the zeros of a segment are on disk
 * before it is named, and it is named on disk before anything in it counts.
 */
final class SegmentLengths {
    private final Path directory;

    SegmentLengths(Path directory) {
        this.directory = directory;
    }

    /**
     * Checks all of them.
     *
     * @throws JournalCorruptException where a file is missing or too short; names the place behind
     *     the last whole block before
     */
    void check() throws IOException {
        EpochsFile known = EpochsFile.read(directory);
        long bad = firstShort(known);
        // a running node may have pruned or given zeros back meanwhile; it writes that down before
        if (bad > 0 && firstShort(EpochsFile.read(directory)) == bad) {
            throw locate(bad, known.lengths().get(bad));
        }
        if (!Files.exists(directory.resolve(EpochsFile.NAME)) && hasBlocks()
            && !Files.exists(directory.resolve(EpochsFile.NAME))) {
            throw new JournalCorruptException("the list of epochs is missing",
                directory.resolve(EpochsFile.NAME).toString(), 0, 0);
        }
    }

    private long firstShort(EpochsFile known) throws IOException {
        for (Map.Entry<Long, Long> entry : known.lengths().entrySet()) {
            Path file = Segments.file(directory, entry.getKey());
            if (entry.getValue() > 0
                && (!Files.exists(file) || Files.size(file) < entry.getValue())) {
                return entry.getKey();
            }
        }
        return 0;
    }

    private boolean hasBlocks() throws IOException {
        try (RawScanner scanner = new RawScanner()) {
            for (Path file : Segments.list(directory).values()) {
                scanner.open(file, 0);
                if (scanner.find() == RawScanner.Found.BLOCK) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Reads on from a file before the short one, whose own front may not be what was written. */
    private JournalCorruptException locate(long segment, long lengthBytes) throws IOException {
        Path file = Segments.file(directory, segment);
        SegmentIndex.Start start;
        try (SegmentIndex index = new SegmentIndex(directory)) {
            start = index.startBefore(Math.max(Segments.FIRST, segment - 1));
        }
        try (JournalCursor cursor =
            new JournalCursor(directory, false, 0, start.segment(), start.sequence())) {
            long position = 0;
            long sequence = start.sequence() - 1;
            try {
                while (cursor.next() && cursor.goodSegment() <= segment) {
                    position = cursor.goodSegment() == segment ? cursor.goodPosition() : 0;
                    sequence = cursor.chain().lastSequence();
                    cursor.consume();
                }
            } catch (JournalCorruptException e) {
                if (cursor.segment() <= segment) {
                    return e;
                }
                // all before the short one was right, and what follows does not follow
            }
            return new JournalCorruptException(Files.exists(file)
                ? "the file has " + Files.size(file) + " bytes of the " + lengthBytes + " written"
                : "the file is missing", file.toString(), position, sequence);
        }
    }
}
