package io.laurel.journal;

import io.laurel.engine.port.ThreadAdvice;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
    private static final int NICE = 10;
    static final Path TASKS = Path.of("/proc/self/task");
    /** Names as the system cuts them off. */
    static final String COMPILERS = "(?s)C[12] Compiler.*";

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
        if (LINUX) {
            // lower is always allowed; where it fails all the same, the thread is as others are
            Library.C.setpriority(PRIO_PROCESS, SELF, NICE);
        }
    }

    /**
     * Lowers the priority of the Java platform's compilers too, where there is more than one core:
     * a node that has just begun keeps them busy for a minute, and rounds would wait for them. They
     * must get their part all the same, so no {@code SCHED_IDLE}: where one loses the core between
     * two steps of putting new code in the place of old, whoever calls that spins until it is back.
     */
    public static void lowerCompilers() {
        if (!LINUX || Runtime.getRuntime().availableProcessors() < 2) {
            return;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (final Path task : tasks) {
                if (Files.readString(task.resolve("comm")).matches(COMPILERS)) {
                    Library.C.setpriority(PRIO_PROCESS,
                        Integer.parseInt(task.getFileName().toString()), NICE);
                }
            }
        } catch (IOException e) {
            // a thread has ended meanwhile, or nobody says which there are: they stay as they are
        }
    }

    static int niceness() {
        return niceness(SELF);
    }

    static int niceness(int task) {
        return LINUX ? Library.C.getpriority(PRIO_PROCESS, task) : NICE;
    }
}
