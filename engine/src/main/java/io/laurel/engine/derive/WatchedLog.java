package io.laurel.engine.derive;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.recovery.Progress;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * A log that tells now and then how far it has been read, also where nothing is applied. What the
 * listener throws ends the reading.
 */
record WatchedLog(JournalReader reader, Progress progress) implements JournalReader {
    private static final int TELL_EVERY = 1 << 14;

    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        return reader.read(fromSequence, (buffer, offset, length) -> {
            final long sequence =
                buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (sequence % TELL_EVERY == 0) {
                progress.onProgress(sequence,
                    buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN));
            }
            return handler.onRecord(buffer, offset, length);
        });
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
