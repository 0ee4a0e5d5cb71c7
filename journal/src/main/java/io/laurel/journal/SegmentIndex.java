package io.laurel.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Which file holds a sequence: reads the front of files, latest first, and remembers it. */
final class SegmentIndex implements AutoCloseable {
    /** Where to begin: a file and the first sequence in it. */
    record Start(long segment, long sequence) {
    }

    private final Path directory;
    private final RawScanner scanner = new RawScanner();
    private final Map<Long, Long> firstSequences = new HashMap<>();

    SegmentIndex(Path directory) {
        this.directory = directory;
    }

    /** Finds the last file whose first sequence is not behind the one given. */
    Start startFor(long sequence) throws IOException {
        LogFiles files = LogFiles.of(directory);
        files.require(sequence);
        return sequence <= 1 ? files.first() : latest(files, files.segments(), sequence);
    }

    /** Finds the last file up to the one given that has a block at its front. */
    Start startBefore(long segment) throws IOException {
        LogFiles files = LogFiles.of(directory);
        return latest(files, files.segments().headMap(segment, true), Long.MAX_VALUE);
    }

    private Start latest(LogFiles files, NavigableMap<Long, Path> segments, long sequence)
        throws IOException {
        for (Map.Entry<Long, Path> entry : segments.descendingMap().entrySet()) {
            if (isCut(files.epochs(), entry.getKey())) {
                continue;
            }
            long first = firstSequence(entry.getKey(), entry.getValue());
            if (first > 0 && first <= sequence) {
                return new Start(entry.getKey(), first);
            }
        }
        return files.first();
    }

    /**
     * Returns what the log begins with when nothing before a sequence is wanted any more, null
     * where that is where it begins already.
     */
    LogStart keptFrom(long sequence, long identity) throws IOException {
        LogFiles files = LogFiles.of(directory);
        Start kept = latest(files, files.segments(), sequence);
        if (kept.segment() == files.first().segment()) {
            return null;
        }
        scanner.open(files.segments().get(kept.segment()), 0);
        if (scanner.find() != RawScanner.Found.BLOCK) {
            throw new IOException("segment " + kept.segment() + " has changed");
        }
        byte[] hash = new byte[Envelope.HASH_BYTES];
        scanner.buffer().getBytes(scanner.payloadOffset() + Envelope.PREVIOUS_HASH_OFFSET, hash);
        return new LogStart(kept.segment(), kept.sequence() - 1, HexFormat.of().formatHex(hash),
            identity);
    }

    private static boolean isCut(List<EpochEnd> epochs, long segment) {
        for (EpochEnd end : epochs) {
            if (segment <= end.lastSegment()) {
                return segment > end.endSegment()
                    || segment == end.endSegment() && end.endOffset() == 0;
            }
        }
        return false;
    }

    private long firstSequence(long segment, Path file) throws IOException {
        Long known = firstSequences.get(segment);
        if (known != null) {
            return known;
        }
        scanner.open(file, 0);
        if (scanner.find() != RawScanner.Found.BLOCK) {
            return 0;
        }
        int offset = scanner.payloadOffset();
        if (Envelope.fault(scanner.buffer(), scanner.input().bytes(), offset,
            scanner.lengthBytes()) != null) {
            return 0;
        }
        long first = Envelope.firstSequence(scanner.buffer(), offset);
        firstSequences.put(segment, first);
        return first;
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
