package io.laurel.engine.command;

import io.laurel.engine.intake.EventView;
import io.laurel.engine.memory.StateHash;
import org.agrona.DirectBuffer;

/**
 * The 64-bit hash by which a session recognises a message that comes again (interfaces 4). Gateway
 * and engine compute it alike, so its seed is fixed. Any thread: it keeps
 * nothing between two calls.
 */
public final class ContentHash {
    private final StateHash hash = new StateHash(0);

    /**
     * Returns the hash of an event's content.
     *
     * @param buffer holds the event
     * @param offset first byte behind seqNo
     * @param length bytes up to traceId
     */
    public long of(DirectBuffer buffer, int offset, int length) {
        return hash.hash64(buffer, offset, length);
    }

    long of(EventView event) {
        return of(event.buffer(), event.contentOffset(),
            event.contentEnd() - event.contentOffset());
    }
}
