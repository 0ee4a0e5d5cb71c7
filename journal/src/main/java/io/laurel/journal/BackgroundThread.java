package io.laurel.journal;

import io.laurel.engine.port.ThreadAdvice;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/**
 * Lowers the priority of a thread: Java's own priorities mean nothing to Linux. With {@code nice}
 * 10 a thread gets a tenth of a core that others want too.
 */
public final class BackgroundThread implements ThreadAdvice {
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int PRIO_PROCESS = 0;
    /** On Linux that is the calling thread, not its process. */
    private static final int SELF = 0;
    static final int NICE = 10;
    static final Path TASKS = Path.of("/proc/self/task");

    /** The part of the C library that is of use here; public because code is generated for it. */
    public interface Priorities {
        /** As in POSIX; returns -1 where it fails. */
        int setpriority(int which, int who, int priority);

        /** As in POSIX. */
        int getpriority(int which, int who);
    }

    private static final class Library {
        static final Priorities C = LibraryLoader.create(Priorities.class).load("c");
    }

    @Override
    public void background() {
        // lower is always allowed; where it fails all the same, the thread is as others are
        lower(SELF);
    }

    /** Lowers the priority of another thread of this process. */
    static void lower(int thread) {
        if (LINUX) {
            Library.C.setpriority(PRIO_PROCESS, thread, NICE);
        }
    }

    static int niceness() {
        return niceness(SELF);
    }

    static int niceness(int task) {
        return LINUX ? Library.C.getpriority(PRIO_PROCESS, task) : NICE;
    }
}
