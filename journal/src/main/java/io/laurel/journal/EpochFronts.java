package io.laurel.journal;

import io.laurel.engine.port.JournalReader.RecordHandler;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Looks at the first records of each epoch. A block is believed for its own CRC; what does not
 * look as it should ends the look at its epoch.
 */
final class EpochFronts {
    private final long fromSequence;
    private final int most;
    private final RecordHandler handler;

    EpochFronts(long fromSequence, int most, RecordHandler handler) {
        this.fromSequence = fromSequence;
        this.most = most;
        this.handler = handler;
    }

    void read(Path directory) throws IOException {
        LogFiles files = LogFiles.of(directory);
        try (RawScanner scanner = new RawScanner()) {
            long open = Segments.FIRST;
            for (EpochEnd end : files.epochs()) {
                // what begins in an older file begins before the sequence, or is pruned
                if (end.lastSequence() >= fromSequence) {
                    read(scanner, files.segments().get(end.firstSegment()), end.lastSequence());
                }
                open = end.lastSegment() + 1;
            }
            read(scanner, files.segments().get(open), Long.MAX_VALUE);
        }
    }

    private void read(RawScanner scanner, Path file, long lastSequence) throws IOException {
        if (file == null) {
            return;
        }
        scanner.open(file, 0);
        int left = most;
        while (left > 0 && scanner.find() == RawScanner.Found.BLOCK) {
            int block = scanner.payloadOffset();
            if (Envelope.fault(scanner.buffer(), scanner.input().bytes(), block,
                scanner.lengthBytes()) != null) {
                return;
            }
            left = read(scanner.buffer(), block, lastSequence, left);
            scanner.skip();
        }
    }

    /** Returns how many more are wanted; 0 also where there is none. */
    private int read(DirectBuffer buffer, int block, long lastSequence, int wanted) {
        long sequence = Envelope.firstSequence(buffer, block);
        int at = block + Envelope.HEADER_BYTES;
        int end = at + Envelope.recordBytes(buffer, block);
        int left = wanted;
        while (left > 0 && at < end) {
            int length = end - at < LogRecord.HEADER_BYTES ? 0
                : buffer.getInt(at + LogRecord.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (length < LogRecord.HEADER_BYTES || length > end - at
                || sequence > lastSequence) {
                return 0;
            }
            if (sequence >= fromSequence && !handler.onRecord(buffer, at, length)) {
                return 0;
            }
            sequence++;
            left--;
            at += LogRecord.aligned(length);
        }
        return left;
    }
}
