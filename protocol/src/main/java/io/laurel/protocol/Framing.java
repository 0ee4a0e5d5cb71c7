package io.laurel.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The FIX Simple Open Framing Header that stands before every message: 6 bytes, big-endian, the
 * length of the whole frame and the type of encoding behind it.
 */
public final class Framing {
    /** Length of the header in bytes. */
    public static final int HEADER_BYTES = 6;
    /** Encoding type of SBE in little-endian order. */
    public static final int ENCODING_SBE_LE = 0xEB50;
    /** Longest frame that a node takes or sends, header included, in bytes. */
    public static final int MAX_FRAME_BYTES = 16_384;
    /** Length of the SBE message header in bytes. */
    public static final int MESSAGE_HEADER_BYTES = 8;
    /** Shortest frame that can hold a message, in bytes. */
    public static final int MIN_FRAME_BYTES = HEADER_BYTES + MESSAGE_HEADER_BYTES;

    private Framing() {
    }

    /**
     * Writes the header.
     *
     * @param buffer where to
     * @param offset first byte of the frame
     * @param frameBytes length of the whole frame
     */
    public static void write(MutableDirectBuffer buffer, int offset, int frameBytes) {
        buffer.putInt(offset, frameBytes, ByteOrder.BIG_ENDIAN);
        buffer.putShort(offset + 4, (short) ENCODING_SBE_LE, ByteOrder.BIG_ENDIAN);
    }

    /** Returns the length of the whole frame in bytes as its header has it, unchecked. */
    public static long frameBytes(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    /** Returns the encoding type of the frame as its header has it, unchecked. */
    public static int encoding(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + 4, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }
}
