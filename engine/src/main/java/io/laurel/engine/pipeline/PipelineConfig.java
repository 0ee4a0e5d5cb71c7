package io.laurel.engine.pipeline;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How a pipeline is laid out.
 *
 * @param threading stages on threads
 * @param waiting how stages wait
 * @param ack what replies wait for
 * @param eventClock whether time comes from events, as Genesis has it
 * @param ringSlots slots of the ring, a power of two, 16 to 2^20
 * @param maxReplies how many commands with a token may be without their reply
 * @param maxQueries how many reads may be without their answer
 * @param wallClockNs wall time, ns since the Unix epoch; it may step back
 */
public record PipelineConfig(Threading threading, WaitMode waiting, AckMode ack, boolean eventClock,
    int ringSlots, int maxReplies, int maxQueries, LongSupplier wallClockNs) {
    /** Slots unless stated. */
    public static final int RING_SLOTS = 16_384;
    /** Bound of replies unless stated: what the engine may run ahead of the disk. */
    public static final int MAX_REPLIES = 65_536;
    /** Bound of reads unless stated. */
    public static final int MAX_QUERIES = 4_096;

    private static final int MIN_SLOTS = 16;
    private static final int MOST = 1 << 20;

    /** Checks the bounds. */
    public PipelineConfig {
        Objects.requireNonNull(threading);
        Objects.requireNonNull(waiting);
        Objects.requireNonNull(ack);
        Objects.requireNonNull(wallClockNs);
        if (ringSlots < MIN_SLOTS || ringSlots > MOST || Integer.bitCount(ringSlots) != 1) {
            throw new IllegalArgumentException("ring slots " + ringSlots);
        }
        if (maxReplies < 1 || maxReplies > MOST || maxQueries < 1 || maxQueries > MOST) {
            throw new IllegalArgumentException(
                "bounds of replies " + maxReplies + " and reads " + maxQueries);
        }
    }

    /** Returns the defaults of the node (interfaces 5) on the machine's clock. */
    public static PipelineConfig defaults(boolean eventClock) {
        return new PipelineConfig(Threading.SHARED, WaitMode.BACKOFF, AckMode.DURABLE, eventClock,
            RING_SLOTS, MAX_REPLIES, MAX_QUERIES, new WallClock());
    }

    /** Returns a copy with other threads. */
    public PipelineConfig with(Threading otherThreading, WaitMode otherWaiting, AckMode otherAck) {
        return new PipelineConfig(otherThreading, otherWaiting, otherAck, eventClock, ringSlots,
            maxReplies, maxQueries, wallClockNs);
    }
}
