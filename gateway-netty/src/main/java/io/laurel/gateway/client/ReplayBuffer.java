package io.laurel.gateway.client;

import io.laurel.gateway.event.EventEncoder;
import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last events as whole frames, by seqNo. A frame is written by the thread that offers and read
 * by the one that sends; the seqNo that the client publishes in between orders the two. It holds
 * more than a window, so that events stay for a while after they are acknowledged.
 */
final class ReplayBuffer {
    private static final int SLOT_BYTES = 576;
    private static final int BODY = Framing.MIN_FRAME_BYTES;

    private final UnsafeBuffer memory;
    private final int[] lengths;
    private final int mask;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** Keeps so many events, a power of two. */
    ReplayBuffer(int slots) {
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(slots * SLOT_BYTES));
        lengths = new int[slots];
        mask = slots - 1;
    }

    int slots() {
        return lengths.length;
    }

    /** Keeps an event, and writes its seqNo into it. */
    void put(long seqNo, DirectBuffer event, int offset, int length) {
        if (length < GameEventEncoder.BLOCK_LENGTH || length > EventEncoder.MAX_BYTES) {
            throw new IllegalArgumentException("an event does not have " + length + " bytes");
        }
        final int slot = (int) seqNo & mask;
        final int at = slot * SLOT_BYTES;
        Framing.write(memory, at, BODY + length);
        header.wrap(memory, at + Framing.HEADER_BYTES).blockLength(GameEventEncoder.BLOCK_LENGTH)
            .templateId(GameEventEncoder.TEMPLATE_ID).schemaId(GameEventEncoder.SCHEMA_ID)
            .version(GameEventEncoder.SCHEMA_VERSION);
        memory.putBytes(at + BODY, event, offset, length);
        memory.putLong(at + BODY, seqNo, ByteOrder.LITTLE_ENDIAN);
        lengths[slot] = BODY + length;
    }

    /** Appends a frame where there is room for it; returns false where there is none. */
    boolean copy(long seqNo, ByteBuffer to) {
        final int slot = (int) seqNo & mask;
        final int length = lengths[slot];
        if (to.remaining() < length) {
            return false;
        }
        memory.getBytes(slot * SLOT_BYTES, to, length);
        return true;
    }
}
