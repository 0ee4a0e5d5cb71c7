package io.laurel.journal;

import io.laurel.engine.port.JournalReader.RecordHandler;
import io.laurel.engine.port.LogRecord;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Hands the records of a verified block over. */
final class Records {
    private Records() {
    }

    /**
     * Hands over what is not before a sequence.
     *
     * @return the last sequence of the block, or, where the handler said stop, minus the sequence
     *     that it took last
     */
    static long deliver(JournalCursor cursor, long fromSequence, RecordHandler handler) {
        DirectBuffer buffer = cursor.buffer();
        int at = cursor.blockOffset() + Envelope.HEADER_BYTES;
        int end = cursor.blockOffset() + cursor.blockBytes();
        long sequence = Envelope.firstSequence(buffer, cursor.blockOffset());
        while (at < end) {
            int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (sequence >= fromSequence && !handler.onRecord(buffer, at, length)) {
                return -sequence;
            }
            sequence++;
            at += LogRecord.aligned(length);
        }
        return sequence - 1;
    }
}
