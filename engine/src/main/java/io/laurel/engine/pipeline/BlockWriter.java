package io.laurel.engine.pipeline;

import io.laurel.engine.port.LogRecord;
import io.laurel.protocol.storage.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes records one behind the other into a block of its own, as {@link LogRecord} has it. A
 * block holds at most {@link #MAX_BLOCK_BYTES}; a body of the greatest length makes a block that
 * is longer by its header. One thread.
 */
public final class BlockWriter {
    /** Bytes from which on no further record is taken. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    /** Version of the storage schema that is written. */
    public static final int SCHEMA_VERSION = MessageHeaderEncoder.SCHEMA_VERSION;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(
        LogRecord.aligned(LogRecord.HEADER_BYTES + LogRecord.MAX_BODY_BYTES));
    private final UnsafeBuffer block = new UnsafeBuffer(bytes);
    private final CRC32C crc = new CRC32C();
    private int length;
    private int records;
    private long firstSequence;
    private long lastSequence;

    /** Returns whether a body of that length still belongs into this block. */
    public boolean hasRoom(int bodyLength) {
        return records == 0 || length
            + LogRecord.aligned(LogRecord.HEADER_BYTES + bodyLength) <= MAX_BLOCK_BYTES;
    }

    /**
     * Adds a record; the block must have room for it.
     *
     * @param sequence one more than that of the record before
     * @param timeNs log time
     * @param templateId of the storage schema
     * @param blockLength of the body
     * @param from holds the body
     * @param offset first byte of the body
     * @param bodyLength bytes of the body
     */
    public void add(long sequence, long timeNs, int templateId, int blockLength,
        DirectBuffer from, int offset, int bodyLength) {
        final int at = length;
        final int end = at + LogRecord.HEADER_BYTES + bodyLength;
        final int next = LogRecord.aligned(end);
        // what the body leaves of it stays zero
        block.putLong(next - Long.BYTES, 0, ORDER);
        block.putInt(at + LogRecord.LENGTH_OFFSET, end - at, ORDER);
        block.putLong(at + LogRecord.SEQUENCE_OFFSET, sequence, ORDER);
        block.putLong(at + LogRecord.TIME_OFFSET, timeNs, ORDER);
        block.putShort(at + LogRecord.TEMPLATE_OFFSET, (short) templateId, ORDER);
        block.putShort(at + LogRecord.VERSION_OFFSET, (short) SCHEMA_VERSION, ORDER);
        block.putInt(at + LogRecord.BLOCK_LENGTH_OFFSET, blockLength & 0xFFFF, ORDER);
        block.putBytes(at + LogRecord.HEADER_BYTES, from, offset, bodyLength);
        bytes.limit(end).position(at + LogRecord.SEQUENCE_OFFSET);
        crc.reset();
        crc.update(bytes);
        bytes.clear();
        block.putInt(at + LogRecord.CRC_OFFSET, (int) crc.getValue(), ORDER);
        if (records == 0) {
            firstSequence = sequence;
        }
        lastSequence = sequence;
        records++;
        length = next;
    }

    /** Empties the block. */
    public void clear() {
        length = 0;
        records = 0;
    }

    /** Returns the block's bytes, from offset 0 on. */
    public DirectBuffer buffer() {
        return block;
    }

    /** Returns the bytes of all records with their padding. */
    public int length() {
        return length;
    }

    /** Returns how many records there are. */
    public int records() {
        return records;
    }

    /** Returns the sequence of the first record. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Returns the sequence of the last record. */
    public long lastSequence() {
        return lastSequence;
    }
}
