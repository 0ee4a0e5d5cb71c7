package io.laurel.engine.port;

import io.laurel.engine.memory.Room;
import java.util.function.LongSupplier;

/**
 * Takes the memory of a state from the system, and prepares it. That changes how fast things are,
 * never what they are; a system that knows no such thing ignores it.
 */
@FunctionalInterface
public interface MemoryAdvice {
    /** What there is for the growth of a state, however small it is, until its image is made. */
    long IMAGE_RESERVE_BYTES = 256L << 20;

    /** Prepares nothing. */
    MemoryAdvice NONE = (address, bytes, usedBytes) -> () -> { };

    /**
     * Says that a range is read and written all over, and will be used from its begin on. With
     * small pages, most accesses to a state of some GiB also miss the table of pages.
     *
     * @param address of its first byte, a multiple of 4 KiB
     * @param bytes of it
     * @param usedBytes how much of it is used, for any thread
     * @return to be run before the range is given back
     */
    Runnable prepare(long address, long bytes, LongSupplier usedBytes);

    /**
     * Takes memory for the region of a state.
     *
     * @throws OutOfMemoryError where there is none
     */
    default Room region(long bytes) {
        return Room.plain(bytes);
    }

    /**
     * Takes room for an image of a state. It is mapped before the image is made, and the state
     * grows meanwhile; what is not mapped of it costs nothing. It need not read as zero.
     *
     * @param usedBytes what the state has now
     * @throws OutOfMemoryError where there is none
     */
    default Room image(long usedBytes) {
        return Room.plain(imageBytes(usedBytes));
    }

    /** Returns how much room an image is given: the state may double until it is made. */
    static long imageBytes(long usedBytes) {
        return 2 * usedBytes + IMAGE_RESERVE_BYTES;
    }
}
