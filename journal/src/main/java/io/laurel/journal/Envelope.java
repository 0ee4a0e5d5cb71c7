package io.laurel.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of one block, which is the payload of one Chronicle excerpt, little-endian: a header of
 * 80 bytes, then the records (see {@link io.laurel.engine.port.LogRecord}).
 *
 * <pre>
 *   0  u64  magic, the bytes "LAURELJB"
 *   8  u16  version of this layout
 *  10  u16  length of this header, 80
 *  12  u32  CRC32C of bytes 0 to 12, 16 to 80 and of all bytes of records
 *  16  u32  epoch: counts how often the journal was opened for writing, from 1
 *  20  u32  bytes of records
 *  24  u64  sequence of the first record
 *  32  u64  sequence of the last record
 *  40  u64  durable mark: highest sequence known to be on disk when the block was made
 *  48  32   SHA-256 of the block before, header and records; zeros in the first block
 *  80       records
 * </pre>
 */
public final class Envelope {
    /** First eight bytes of every block. */
    public static final long MAGIC = 0x424A4C455255414CL;
    /** Version that this program writes and reads. */
    public static final int VERSION = 1;
    /** Offset of the magic. */
    public static final int MAGIC_OFFSET = 0;
    /** Offset of the version. */
    public static final int VERSION_OFFSET = 8;
    /** Offset of the length of the header. */
    public static final int HEADER_LENGTH_OFFSET = 10;
    /** Offset of the CRC32C. */
    public static final int CRC_OFFSET = 12;
    /** Offset of the epoch. */
    public static final int EPOCH_OFFSET = 16;
    /** Offset of the bytes of records. */
    public static final int RECORD_BYTES_OFFSET = 20;
    /** Offset of the first sequence. */
    public static final int FIRST_SEQUENCE_OFFSET = 24;
    /** Offset of the last sequence. */
    public static final int LAST_SEQUENCE_OFFSET = 32;
    /** Offset of the durable mark. */
    public static final int DURABLE_MARK_OFFSET = 40;
    /** Offset of the hash of the block before. */
    public static final int PREVIOUS_HASH_OFFSET = 48;
    /** Bytes of a SHA-256. */
    public static final int HASH_BYTES = 32;
    /** Length of the header; the records follow. */
    public static final int HEADER_BYTES = 80;
    /** Most bytes of records in a block. */
    public static final int MAX_RECORD_BYTES = 8 << 20;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private Envelope() {
    }

    /** Returns the first sequence of the block at an offset. */
    static long firstSequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FIRST_SEQUENCE_OFFSET, ORDER);
    }

    /** Returns the last sequence of the block at an offset. */
    static long lastSequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + LAST_SEQUENCE_OFFSET, ORDER);
    }

    /** Returns the durable mark of the block at an offset. */
    static long durableMark(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + DURABLE_MARK_OFFSET, ORDER);
    }

    /** Returns the epoch of the block at an offset. */
    static int epoch(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET, ORDER);
    }

    /** Returns the bytes of records of the block at an offset. */
    static int recordBytes(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + RECORD_BYTES_OFFSET, ORDER);
    }

    /** Writes everything but hash and CRC. */
    static void put(MutableDirectBuffer buffer, int offset, int epoch, int recordBytes,
        long firstSequence, long lastSequence, long durableMark) {
        buffer.putLong(offset + MAGIC_OFFSET, MAGIC, ORDER);
        buffer.putShort(offset + VERSION_OFFSET, (short) VERSION, ORDER);
        buffer.putShort(offset + HEADER_LENGTH_OFFSET, (short) HEADER_BYTES, ORDER);
        buffer.putInt(offset + EPOCH_OFFSET, epoch, ORDER);
        buffer.putInt(offset + RECORD_BYTES_OFFSET, recordBytes, ORDER);
        buffer.putLong(offset + FIRST_SEQUENCE_OFFSET, firstSequence, ORDER);
        buffer.putLong(offset + LAST_SEQUENCE_OFFSET, lastSequence, ORDER);
        buffer.putLong(offset + DURABLE_MARK_OFFSET, durableMark, ORDER);
    }

    /** Stores the CRC of a block that is otherwise complete. */
    static void seal(MutableDirectBuffer buffer, int offset, ByteBuffer bytes, int lengthBytes) {
        buffer.putInt(offset + CRC_OFFSET, checksum(bytes, offset, lengthBytes), ORDER);
    }

    /** Returns the CRC that a block of this length, header included, has to carry. */
    static int checksum(ByteBuffer bytes, int offset, int lengthBytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.limit(offset + CRC_OFFSET).position(offset));
        crc.update(bytes.limit(offset + lengthBytes).position(offset + EPOCH_OFFSET));
        bytes.clear();
        return (int) crc.getValue();
    }

    /**
     * Returns the version of a block that a newer program wrote, 0 where it is none. Magic,
     * version and CRC stand at the same places in every version.
     *
     * @param lengthBytes bytes of the block
     */
    static int newerVersion(DirectBuffer buffer, ByteBuffer bytes, int offset, int lengthBytes) {
        if (lengthBytes < HEADER_BYTES || buffer.getLong(offset, ORDER) != MAGIC) {
            return 0;
        }
        int version = buffer.getShort(offset + VERSION_OFFSET, ORDER) & 0xFFFF;
        return version > VERSION && checksum(bytes, offset, lengthBytes)
            == buffer.getInt(offset + CRC_OFFSET, ORDER) ? version : 0;
    }

    /**
     * Says what is wrong with a block taken for itself, whatever stands before it.
     *
     * @param buffer the same memory as {@code bytes}
     * @param offset first byte of the header
     * @param lengthBytes bytes that may belong to the block
     * @return the fault, or null where magic, lengths, sequences, mark and CRC are right
     */
    static String fault(DirectBuffer buffer, ByteBuffer bytes, int offset, int lengthBytes) {
        if (lengthBytes < HEADER_BYTES || buffer.getLong(offset, ORDER) != MAGIC) {
            return "a block does not begin with its magic";
        }
        if (buffer.getShort(offset + VERSION_OFFSET, ORDER) != VERSION
            || buffer.getShort(offset + HEADER_LENGTH_OFFSET, ORDER) != HEADER_BYTES) {
            return "a block has an unknown version";
        }
        int recordBytes = recordBytes(buffer, offset);
        if (recordBytes < 1 || recordBytes > MAX_RECORD_BYTES
            || HEADER_BYTES + recordBytes > lengthBytes) {
            return "a block has an impossible length";
        }
        int crc = buffer.getInt(offset + CRC_OFFSET, ORDER);
        if (checksum(bytes, offset, HEADER_BYTES + recordBytes) != crc) {
            return "the CRC of a block does not match";
        }
        long first = firstSequence(buffer, offset);
        if (first < 1 || lastSequence(buffer, offset) < first
            || durableMark(buffer, offset) >= first || epoch(buffer, offset) < 1) {
            return "a block has impossible sequences";
        }
        return null;
    }
}
