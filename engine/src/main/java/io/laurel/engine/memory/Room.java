package io.laurel.engine.memory;

import org.agrona.UnsafeApi;

/**
 * Off-heap memory for a region or an image, which reads as zero where nothing was written. The
 * system gives it out as it is first written, or mapped. Gone when it is closed.
 */
public interface Room extends AutoCloseable {
    /**
     * Takes room from the C library.
     *
     * @param bytes 1 or more; rounded up to whole pages
     * @throws OutOfMemoryError where there is none
     */
    static Room plain(long bytes) {
        return new PlainRoom(bytes);
    }

    /** Returns the address of its first byte: a multiple of a page, of 2 MiB from 1 MiB on. */
    long address();

    /** Returns its length in bytes: whole pages. */
    long bytes();

    /** Returns what is mapped at a time: a multiple of a page. */
    default long grainBytes() {
        return Pages.PAGE_BYTES;
    }

    /**
     * Has the system give out memory, before somebody who must not wait writes to it. The caller
     * waits meanwhile. Changes nothing in it, whoever else writes to it at the same time.
     *
     * @param at offset of the first byte: whole grains
     * @param bytes of it: whole grains, or all that is left
     * @throws OutOfMemoryError where the system has no memory for it
     */
    default void map(long at, long bytes) {
        for (long done = 0; done < bytes; done += Pages.PAGE_BYTES) {
            // adds nothing
            UnsafeApi.getAndAddLong(null, address() + at + done, 0);
        }
    }

    /** Gives the memory back, which takes the system a while. */
    @Override
    void close();
}
