package io.laurel.journal;

import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes blocks whose content follows from the sequence alone, and checks records against it. */
final class TestBlocks {
    static final long START_NS = 1_700_000_000_000_000_000L;

    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private int length;

    TestBlocks(int capacity) {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    /** Bytes of the body of a sequence; different for neighbours. */
    static int bodyBytes(long sequence, int base) {
        return base + (int) (sequence * 7 % 13);
    }

    /** Fills the buffer with records and returns their bytes. */
    int fill(long firstSequence, int count, int baseBytes) {
        length = 0;
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            int body = bodyBytes(sequence, baseBytes);
            int recordBytes = LogRecord.HEADER_BYTES + body;
            buffer.setMemory(length, LogRecord.aligned(recordBytes), (byte) 0);
            buffer.putInt(length + LogRecord.LENGTH_OFFSET, recordBytes,
                ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(length + LogRecord.SEQUENCE_OFFSET, sequence,
                ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(length + LogRecord.TIME_OFFSET, START_NS + sequence / 2,
                ByteOrder.LITTLE_ENDIAN);
            buffer.putShort(length + LogRecord.TEMPLATE_OFFSET, (short) 7,
                ByteOrder.LITTLE_ENDIAN);
            Random random = new Random(sequence);
            for (int i = 0; i < body; i++) {
                buffer.putByte(length + LogRecord.HEADER_BYTES + i, (byte) random.nextInt());
            }
            crc.reset();
            crc.update(buffer.byteBuffer().duplicate().position(length
                + LogRecord.SEQUENCE_OFFSET).limit(length + recordBytes));
            buffer.putInt(length + LogRecord.CRC_OFFSET, (int) crc.getValue(),
                ByteOrder.LITTLE_ENDIAN);
            length += LogRecord.aligned(recordBytes);
        }
        return length;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Appends one block of records behind what is there. */
    void append(ChronicleJournal journal, int count, int baseBytes, long mark)
        throws IOException {
        long first = journal.lastAppendedSequence() + 1;
        int bytes = fill(first, count, baseBytes);
        journal.append(buffer, 0, bytes, first, first + count - 1, mark);
    }

    /** Throws where a record is not what its sequence says. */
    static void check(DirectBuffer buffer, int offset, int length, int baseBytes) {
        long sequence = buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
            ByteOrder.LITTLE_ENDIAN);
        if (length != LogRecord.HEADER_BYTES + bodyBytes(sequence, baseBytes)) {
            throw new AssertionError("length of sequence " + sequence);
        }
        Random random = new Random(sequence);
        for (int i = LogRecord.HEADER_BYTES; i < length; i++) {
            if (buffer.getByte(offset + i) != (byte) random.nextInt()) {
                throw new AssertionError("byte " + i + " of sequence " + sequence);
            }
        }
    }
}
