package io.laurel.engine.port;

/**
 * Tells the system how the memory of the state is used. Advice changes how fast things are, never
 * what they are; a system that knows none ignores it.
 */
@FunctionalInterface
public interface MemoryAdvice {
    /** Says nothing. */
    MemoryAdvice NONE = (address, bytes) -> { };

    /**
     * Says that a range is read and written all over and wants huge pages: with small ones, most
     * accesses to a state of some GiB also miss the table of pages.
     *
     * @param address of its first byte, a multiple of 4 KiB
     * @param bytes of it
     */
    void wantHugePages(long address, long bytes);
}
