package io.laurel.journal;

import io.laurel.engine.memory.Room;
import io.laurel.engine.port.MemoryAdvice;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.UnsafeApi;

/**
 * Keeps the memory of a state ready. Linux is asked for huge pages by {@code madvise}, and a thread
 * of its own maps what will be used next: the first write to a page waits for the system, with a
 * huge page on a virtual machine for several ms, and the engine shall not be the one who waits. Nor
 * shall it wait for the mapping thread at a safepoint: mapping is one call of the system, during
 * which a thread counts as stopped.
 */
public final class ReadyMemory implements MemoryAdvice {
    /** What lies mapped ahead of what is used: the growth of several tenths of a second. */
    static final long AHEAD_BYTES = 64L << 20;

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int PAGE_BYTES = 4096;
    /** In which a state grows by a small part of what lies ready. */
    private static final long PAUSE_NS = 20_000_000;
    /** Mapped by one call: one huge page, so that nobody waits long for the map of the process. */
    static final long STRETCH_BYTES = 2L << 20;
    /** What is mapped for an image is more than its state by one part of so many. */
    private static final int MORE_PART = 16;
    /** A kept room leaves the state one part of so many of itself to grow by until its image. */
    private static final int GROWTH_PART = 2;
    /** Linux 5.14: maps pages as if they were written, and leaves what is in them. */
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int EINVAL = 22;

    private final long atOnceBytes;
    /** Null where no reserved pages are asked for. */
    private final LongConsumer denied;
    private final boolean keepsImages;
    /** Of an image that is closed; null = there is none, or an image has it. */
    private final AtomicReference<Room> spare = new AtomicReference<>();

    /** Maps what is used next, and nothing before that. */
    public ReadyMemory() {
        this(0);
    }

    /**
     * Maps the begin of each region before it is used at all.
     *
     * @param atOnceBytes how much of it, 0 or more; all of a smaller region
     */
    public ReadyMemory(long atOnceBytes) {
        this(atOnceBytes, null, false);
    }

    private ReadyMemory(long atOnceBytes, LongConsumer denied, boolean keepsImages) {
        this.atOnceBytes = atOnceBytes;
        this.denied = denied;
        this.keepsImages = keepsImages;
    }

    /**
     * Returns one that asks for huge pages that the operator has reserved, for regions and images.
     *
     * @param told is told of how many bytes there were not enough of them; others are taken then
     */
    public ReadyMemory reserved(LongConsumer told) {
        return new ReadyMemory(atOnceBytes, Objects.requireNonNull(told), keepsImages);
    }

    /** Returns one that keeps the memory of an image for the next one, which need not be mapped. */
    public ReadyMemory keepingImages() {
        return new ReadyMemory(atOnceBytes, denied, true);
    }

    /**
     * Maps memory for an image, which is kept for the first one.
     *
     * @param stateBytes what the state is expected to have
     * @throws OutOfMemoryError where the system has none
     */
    public void mapImage(long stateBytes) {
        try (Room room = image(stateBytes)) {
            final long grain = room.grainBytes();
            // an image is a little more than a state
            final long bytes = stateBytes + stateBytes / MORE_PART;
            room.map(0, (bytes + grain - 1) / grain * grain);
        }
    }

    @Override
    public Runnable prepare(long address, long bytes, LongSupplier usedBytes) {
        final long atOnce = Math.min(atOnceBytes, bytes);
        askForHugePages(address, bytes);
        populateAll(address, atOnce, STRETCH_BYTES);
        final Ahead ahead = new Ahead(address, bytes, usedBytes, atOnce);
        ahead.start();
        return ahead::end;
    }

    @Override
    public Room region(long bytes) {
        final Room room = reserved(bytes);
        return room == null ? MemoryAdvice.super.region(bytes) : room;
    }

    /**
     * In huge pages: where a host follows the page tables of a virtual machine by software, the
     * engine pays some us for each page of an image that it is the first to write to, and for each
     * that is written before its turn.
     */
    @Override
    public Room image(long usedBytes) {
        final Room kept = spare.getAndSet(null);
        if (kept != null
            && kept.bytes() >= usedBytes + usedBytes / GROWTH_PART + IMAGE_RESERVE_BYTES) {
            return new KeptRoom(kept, spare);
        }
        if (kept != null) {
            kept.close();
        }
        Room room = reserved(MemoryAdvice.imageBytes(usedBytes));
        if (room == null) {
            room = new HugeRoom(MemoryAdvice.super.image(usedBytes));
        }
        return keepsImages ? new KeptRoom(room, spare) : room;
    }

    private Room reserved(long bytes) {
        if (denied == null) {
            return null;
        }
        final Room room = ReservedRoom.take(bytes);
        if (room == null) {
            denied.accept(bytes);
        }
        return room;
    }

    /** Maps whole pages, a stretch at a time. */
    static void populateAll(long address, long bytes, long stretch) {
        for (long done = 0; done < bytes; done += stretch) {
            if (!populate(address + done, Math.min(stretch, bytes - done))) {
                throw new OutOfMemoryError("the system gives no memory: "
                    + PosixAPI.posix().lastErrorStr());
            }
        }
    }

    static void askForHugePages(long address, long bytes) {
        if (LINUX) {
            // a kernel without them says no, and then the pages stay small
            PosixAPI.posix().madvise(address, bytes, MAdviseFlag.MADV_HUGEPAGE);
        }
    }

    /**
     * Maps whole pages; right whatever somebody else writes to them at the same time. Returns
     * false where the system has no memory for them.
     */
    private static boolean populate(long address, long bytes) {
        if (LINUX) {
            final PosixAPI posix = PosixAPI.posix();
            if (posix.madvise(address, bytes, MADV_POPULATE_WRITE) == 0) {
                return true;
            }
            if (posix.lastError() != EINVAL) {
                return false;
            }
        }
        for (long at = 0; at < bytes; at += PAGE_BYTES) {
            // adds nothing
            UnsafeApi.getAndAddLong(null, address + at, 0);
        }
        return true;
    }

    /** Walks ahead of what is used; ends when it is told, or at the end of the region. */
    private static final class Ahead extends Thread {
        private final long address;
        private final long bytes;
        private final LongSupplier usedBytes;
        private volatile boolean ended;
        private long mapped;

        Ahead(long address, long bytes, LongSupplier usedBytes, long mapped) {
            super("laurel-memory");
            setDaemon(true);
            this.mapped = mapped;
            this.address = address;
            this.bytes = bytes;
            this.usedBytes = usedBytes;
        }

        @Override
        public void run() {
            // a huge page takes some ms of a core: whoever serves a round must not wait for it
            new BackgroundThread().background();
            while (!ended && mapped < bytes) {
                final long wanted = Math.min(bytes, usedBytes.getAsLong() + AHEAD_BYTES);
                if (mapped < wanted) {
                    final long some = Math.min(STRETCH_BYTES, bytes - mapped);
                    // where there is no memory now, it is not this thread that has to say so
                    mapped = populate(address + mapped, some) ? mapped + some : bytes;
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
