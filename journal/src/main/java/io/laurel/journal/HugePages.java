package io.laurel.journal;

import io.laurel.engine.port.MemoryAdvice;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/** Asks Linux for huge pages by {@code madvise}; elsewhere nothing happens. */
public final class HugePages implements MemoryAdvice {
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    @Override
    public void wantHugePages(long address, long bytes) {
        if (LINUX) {
            // a kernel without them says no, and then the pages stay small
            PosixAPI.posix().madvise(address, bytes, MAdviseFlag.MADV_HUGEPAGE);
        }
    }
}
