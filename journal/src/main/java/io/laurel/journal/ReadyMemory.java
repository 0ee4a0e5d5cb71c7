package io.laurel.journal;

import io.laurel.engine.port.MemoryAdvice;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.UnsafeApi;

/**
 * Keeps the memory of a state ready. Linux is asked for huge pages by {@code madvise}, and a thread
 * of its own maps what will be used next: the first write to a page waits for the system, with a
 * huge page on a virtual machine for several ms, and the engine shall not be the one who waits.
 */
public final class ReadyMemory implements MemoryAdvice {
    /** What lies mapped ahead of what is used: the growth of several tenths of a second. */
    static final long AHEAD_BYTES = 64L << 20;

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int PAGE_BYTES = 4096;
    private static final long PAUSE_NS = 2_000_000;

    @Override
    public Runnable prepare(long address, long bytes, LongSupplier usedBytes) {
        if (LINUX) {
            // a kernel without them says no, and then the pages stay small
            PosixAPI.posix().madvise(address, bytes, MAdviseFlag.MADV_HUGEPAGE);
        }
        return mapAhead(address, bytes, usedBytes);
    }

    @Override
    public Runnable prepareCopy(long address, long bytes) {
        return mapAhead(address, bytes, () -> bytes);
    }

    private static Runnable mapAhead(long address, long bytes, LongSupplier usedBytes) {
        final Ahead ahead = new Ahead(address, bytes, usedBytes);
        ahead.start();
        return ahead::end;
    }

    /** Walks ahead of what is used; ends when it is told, or at the end of the region. */
    private static final class Ahead extends Thread {
        private final long address;
        private final long bytes;
        private final LongSupplier usedBytes;
        private volatile boolean ended;
        private long mapped;

        Ahead(long address, long bytes, LongSupplier usedBytes) {
            super("laurel-memory");
            setDaemon(true);
            this.address = address;
            this.bytes = bytes;
            this.usedBytes = usedBytes;
        }

        @Override
        public void run() {
            while (!ended && mapped < bytes) {
                final long wanted = Math.min(bytes, usedBytes.getAsLong() + AHEAD_BYTES);
                if (mapped < wanted) {
                    // adds nothing, and so is right whatever the engine writes at the same time
                    UnsafeApi.getAndAddLong(null, address + mapped, 0);
                    mapped += PAGE_BYTES;
                } else {
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        }

        void end() {
            ended = true;
            boolean interrupted = false;
            while (isAlive()) {
                LockSupport.unpark(this);
                try {
                    join();
                } catch (InterruptedException e) {
                    // the memory goes now: whoever asks to stop waits for the page at hand
                    interrupted = true;
                }
            }
            if (interrupted) {
                currentThread().interrupt();
            }
        }
    }
}
