package io.laurel.journal;

import io.laurel.engine.memory.Room;
import io.laurel.engine.port.MemoryAdvice;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Rooms in huge pages that the operator has reserved. They are nobody else's, so those of an image
 * are kept for the next one, for which they need not be mapped again. Any thread.
 */
final class ReservedPages {
    private final LongConsumer denied;
    /** Of an image that is closed; null = there is none, or an image has it. */
    private final AtomicReference<ReservedRoom> spare = new AtomicReference<>();

    /**
     * Takes nothing yet.
     *
     * @param denied is told of how many bytes there were not enough pages
     */
    ReservedPages(LongConsumer denied) {
        this.denied = denied;
    }

    /** Returns room for a region, or null. */
    Room region(long bytes) {
        return told(ReservedRoom.take(bytes, null), bytes);
    }

    /** Returns room for an image, which may hold what an earlier one held, or null. */
    Room image(long usedBytes) {
        final ReservedRoom kept = spare.getAndSet(null);
        if (kept != null && kept.bytes() >= usedBytes + MemoryAdvice.IMAGE_RESERVE_BYTES) {
            return kept;
        }
        if (kept != null) {
            kept.unmap();
        }
        final long bytes = MemoryAdvice.imageBytes(usedBytes);
        return told(ReservedRoom.take(bytes, spare), bytes);
    }

    private Room told(Room room, long bytes) {
        if (room == null) {
            denied.accept(bytes);
        }
        return room;
    }
}
