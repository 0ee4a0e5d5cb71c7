package io.laurel.engine.port;

import io.laurel.engine.memory.PageImage;
import java.util.function.LongSupplier;

/**
 * Prepares the memory of a state. That changes how fast things are, never what they are; a system
 * that knows no such thing ignores it.
 */
@FunctionalInterface
public interface MemoryAdvice {
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
     * Has the system give out memory that holds nothing yet, before somebody who must not wait
     * writes to it. The caller waits meanwhile.
     *
     * @param address of its first byte, a multiple of 4 KiB
     * @param bytes of it, whole pages
     * @throws OutOfMemoryError where the system has no memory for it
     */
    default void map(long address, long bytes) {
        PageImage.Mapping.TOUCH.map(address, bytes);
    }
}
