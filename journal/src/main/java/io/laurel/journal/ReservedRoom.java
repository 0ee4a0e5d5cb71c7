package io.laurel.journal;

import io.laurel.engine.memory.Room;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;

/**
 * Room in huge pages that the operator has reserved ({@code vm.nr_hugepages}, or
 * {@code vm.nr_overcommit_hugepages} for such as are found when they are asked for). The kernel
 * neither swaps them nor watches who uses them. All of them are taken at once, so that no write can
 * find the reserve empty.
 */
final class ReservedRoom implements Room {
    /** What such a page has. */
    static final int PAGE_BYTES = 2 << 20;

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    /** With the size, whatever the machine's usual one is. */
    private static final int HUGETLB = 0x40000 | 21 << 26;

    private final long address;
    private final long bytes;

    private ReservedRoom(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * Takes room.
     *
     * @param bytes 1 or more; rounded up to whole huge pages
     * @return null where the system has not as many such pages
     */
    static ReservedRoom take(long bytes) {
        if (!LINUX) {
            return null;
        }
        final long whole = (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
        try {
            return new ReservedRoom(PosixAPI.posix().mmap(0, whole, READ_WRITE,
                PRIVATE_ANONYMOUS | HUGETLB, -1, 0), whole);
        } catch (PosixRuntimeException e) {
            // there are none, too few, or no such thing in this kernel
            return null;
        }
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long grainBytes() {
        return PAGE_BYTES;
    }

    @Override
    public void map(long at, long length) {
        ReadyMemory.populateAll(address + at, length, PAGE_BYTES);
    }

    @Override
    public void close() {
        PosixAPI.posix().munmap(address, bytes);
    }
}
