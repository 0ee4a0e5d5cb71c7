package io.laurel.engine.pipeline;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Results on their way from the engine's thread to the event loop: 32 bytes each, in order. */
final class OutputRing {
    static final int SEQUENCE_OFFSET = 8;
    static final int VALUE_OFFSET = 16;
    static final int CODE_OFFSET = 24;

    private static final int TYPE = 1;
    private static final int RESULT_BYTES = 32;
    private static final int PLACE_BYTES = 40;
    // the ring takes messages of up to an eighth of itself
    private static final int MIN_BYTES = 8 * RESULT_BYTES;

    private final OneToOneRingBuffer ring;

    /**
     * A ring that is never full as long as its users keep to the bound.
     *
     * @param results how many results must fit
     */
    OutputRing(int results) {
        // two places more: a message does not wrap, so the end of the buffer may be padded, and the
        // header behind the newest message is kept free
        final int capacity = BitUtil.findNextPositivePowerOfTwo(
            Math.max((results + 2) * PLACE_BYTES, MIN_BYTES));
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    void write(long token, long sequence, int code, long value) {
        final int at = ring.tryClaim(TYPE, RESULT_BYTES);
        if (at < 0) {
            throw new IllegalStateException("no room for the result of " + sequence);
        }
        ring.buffer().putLong(at, token);
        ring.buffer().putLong(at + SEQUENCE_OFFSET, sequence);
        ring.buffer().putLong(at + VALUE_OFFSET, value);
        ring.buffer().putInt(at + CODE_OFFSET, code);
        ring.commit(at);
    }

    /** Hands results over until the handler aborts, there are no more, or the limit is reached. */
    int read(ControlledMessageHandler handler, int limit) {
        // one read of the ring ends where its buffer ends, though there may be more at its start;
        // there it passes padding, too, which it does not count
        int count = 0;
        long before;
        do {
            before = ring.consumerPosition();
            count += ring.controlledRead(handler, limit - count);
        } while (count < limit && ring.consumerPosition() != before);
        return count;
    }
}
