package io.laurel.engine.port;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Layout of one record in a block of the journal, little-endian: a header of 32 bytes, then the
 * command's body as the storage schema has it (without an SBE message header), then zeros up to a
 * multiple of 8.
 *
 * <pre>
 *   0  u32  length of header and body, without the padding
 *   4  u32  CRC32C of bytes 8 to length
 *   8  u64  sequence
 *  16  i64  time, ns since the Unix epoch
 *  24  u16  template id of the storage schema
 *  26  u16  version of the storage schema
 *  28  u16  block length of the body
 *  30  u16  reserved, 0
 *  32       body
 * </pre>
 */
public final class LogRecord {
    /** Offset of the length. */
    public static final int LENGTH_OFFSET = 0;
    /** Offset of the CRC32C. */
    public static final int CRC_OFFSET = 4;
    /** Offset of the sequence; also the first byte that the CRC covers. */
    public static final int SEQUENCE_OFFSET = 8;
    /** Offset of the time. */
    public static final int TIME_OFFSET = 16;
    /** Offset of the template id. */
    public static final int TEMPLATE_OFFSET = 24;
    /** Offset of the schema version. */
    public static final int VERSION_OFFSET = 26;
    /** Offset of the body's block length. */
    public static final int BLOCK_LENGTH_OFFSET = 28;
    /** Length of the header in bytes; the body follows. */
    public static final int HEADER_BYTES = 32;
    /** Records start at multiples of this many bytes within a block. */
    public static final int ALIGNMENT = 8;
    /** Longest body, in bytes; documents are at most 256 KiB (interfaces 6). */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private LogRecord() {
    }

    /** Reads a field of two bytes. */
    public static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Returns how many bytes a record of the given length takes in its block. */
    public static int aligned(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
