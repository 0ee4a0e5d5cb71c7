package io.laurel.engine.port;

import org.agrona.DirectBuffer;

/**
 * What the gateway asks of the pipeline. All methods belong to the gateway's one event loop, the
 * only producer of the ring; replies and finished queries come back on that same loop.
 */
public interface EngineGate {
    /**
     * Publishes a command if there is room; the bytes are copied.
     *
     * @param templateId of the storage schema
     * @param blockLength of the body in the storage schema
     * @param buffer holds the body
     * @param offset first byte of the body
     * @param length bytes of the body
     * @param token comes back with the reply; 0 = nobody waits
     * @return false where the ring is full: try again after the next reply, nothing was consumed
     */
    boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token);

    /**
     * Hands a read to the engine if there is room; {@link ReplyHandler#onQuery} follows.
     *
     * @return false where too many reads wait
     */
    boolean tryQuery(EngineQuery query);

    /** Returns how many commands the ring would take now. */
    long remainingCapacity();

    /** Returns whether events are taken now, and why not. */
    IntakeState intakeState();

    /** Returns whether intake is open: enough disk space and state memory. */
    default boolean intakeOpen() {
        return intakeState() == IntakeState.OPEN;
    }

    /** Returns the last durable sequence. */
    long durableSequence();
}
