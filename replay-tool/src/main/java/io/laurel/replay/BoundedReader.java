package io.laurel.replay;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteOrder;

/** A log that ends early. */
final class BoundedReader implements JournalReader {
    private final JournalReader reader;
    private final LogPoint end;

    BoundedReader(JournalReader reader, LogPoint end) {
        this.reader = reader;
        this.end = end;
    }

    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        if (fromSequence > end.sequence()) {
            return fromSequence - 1;
        }
        final long[] last = {fromSequence - 1};
        reader.read(fromSequence, (buffer, offset, length) -> {
            final long sequence =
                buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            final long timeNs =
                buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (!end.includes(sequence, timeNs)) {
                return false;
            }
            last[0] = sequence;
            return handler.onRecord(buffer, offset, length) && sequence < end.sequence();
        });
        return last[0];
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
