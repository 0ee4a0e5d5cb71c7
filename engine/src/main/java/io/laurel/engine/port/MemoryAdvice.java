package io.laurel.engine.port;

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
     * Says that a copy of a state goes into a range: from now on, once, from its begin on but for
     * pages in between that come before their turn. So large pages would only make these wait.
     *
     * @param address of its first byte, a multiple of 4 KiB
     * @param bytes of it
     * @return to be run before the range is given back
     */
    default Runnable prepareCopy(long address, long bytes) {
        return () -> { };
    }
}
