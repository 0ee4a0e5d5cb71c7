package io.laurel.engine.pipeline;

import com.lmax.disruptor.EventFactory;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place in the ring: a command with its body, or a knock at the engine's door. A body of up to
 * {@link #INLINE_BYTES} lies in the slot's slice of one buffer that all slots share; a larger one
 * is copied to the heap and dropped once it is applied.
 */
final class CommandSlot {
    /** Bytes of a body that need no allocation. */
    static final int INLINE_BYTES = 512;

    private static final byte[] NO_BYTES = new byte[0];

    /** What is in a slot. */
    enum Kind {
        /** Nothing: filling the slot failed. */
        EMPTY,
        /** A command from outside. */
        COMMAND,
        /** A tick, because work is due. */
        TICK,
        /** A tick that only carries the durable mark into the log. */
        MARK,
        /** Not journaled, takes no sequence: reads wait. */
        DOORBELL;

        boolean journaled() {
            return this == COMMAND || this == TICK || this == MARK;
        }

        boolean tick() {
            return this == TICK || this == MARK;
        }
    }

    private final UnsafeBuffer shared;
    private final UnsafeBuffer large = new UnsafeBuffer(NO_BYTES);
    private final int sharedOffset;
    private Kind kind = Kind.EMPTY;
    private int templateId;
    private int blockLength;
    private int length;
    private long token;
    private long sequence;
    private long timeNs;

    private CommandSlot(UnsafeBuffer shared, int sharedOffset) {
        this.shared = shared;
        this.sharedOffset = sharedOffset;
    }

    /** Returns what makes the slots of one ring. */
    static EventFactory<CommandSlot> factory(int slots) {
        final UnsafeBuffer shared =
            new UnsafeBuffer(ByteBuffer.allocateDirect(slots * INLINE_BYTES));
        final int[] next = new int[1];
        return () -> new CommandSlot(shared, next[0]++ * INLINE_BYTES);
    }

    /** Makes the slot harmless, should it be published half filled. */
    void clear() {
        kind = Kind.EMPTY;
        length = 0;
        token = 0;
    }

    void fillCommand(int template, int block, DirectBuffer from, int offset, int bytes,
        long newToken) {
        if (bytes <= INLINE_BYTES) {
            shared.putBytes(sharedOffset, from, offset, bytes);
        } else {
            final byte[] copy = new byte[bytes];
            from.getBytes(offset, copy);
            large.wrap(copy);
        }
        templateId = template;
        blockLength = block;
        length = bytes;
        token = newToken;
        kind = Kind.COMMAND;
    }

    void fillInternal(Kind newKind, int template, int block) {
        templateId = template;
        blockLength = block;
        kind = newKind;
    }

    void stamp(long newSequence, long newTimeNs) {
        sequence = newSequence;
        timeNs = newTimeNs;
    }

    /** Lets go of a large body. */
    void dropBody() {
        if (isLarge()) {
            large.wrap(NO_BYTES);
        }
    }

    Kind kind() {
        return kind;
    }

    int templateId() {
        return templateId;
    }

    int blockLength() {
        return blockLength;
    }

    boolean isLarge() {
        return length > INLINE_BYTES;
    }

    UnsafeBuffer buffer() {
        return isLarge() ? large : shared;
    }

    int offset() {
        return isLarge() ? 0 : sharedOffset;
    }

    int length() {
        return length;
    }

    long token() {
        return token;
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }
}
