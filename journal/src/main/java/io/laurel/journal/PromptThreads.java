package io.laurel.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has threads of this process run soon after they wake; Linux 6.12 and later only. There a thread
 * that wakes waits until the one that has the core has used up its slice, 1.4 to 3 ms, whatever
 * their priorities, unless it has asked for a shorter slice itself. It gets no more of the core by
 * that, only smaller pieces of it.
 */
public final class PromptThreads {
    /** The shortest that the kernel grants. */
    public static final long SLICE_NS = 100_000;

    private PromptThreads() {
    }

    /**
     * Asks for the shortest slice for the threads whose names begin like one of these; the system
     * knows 15 characters of them. A thread that the operator has given another scheduler stays as
     * it is, and where the kernel knows no such thing, all of them do.
     */
    public static void shorten(List<String> names) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(BackgroundThread.TASKS)) {
            for (final Path task : tasks) {
                final String name = Files.readString(task.resolve("comm"));
                if (names.stream().anyMatch(name::startsWith)) {
                    shorten(Integer.parseInt(task.getFileName().toString()), SLICE_NS);
                }
            }
        } catch (IOException e) {
            // a thread has ended meanwhile, or nobody says which there are: they stay as they are
        }
    }

    /**
     * Asks for a slice for the calling thread, as above.
     *
     * @param sliceNs of two threads that share a core, who has the shorter one need not wait for
     *     the other
     */
    public static void shortenCaller(long sliceNs) {
        shorten(SchedAttr.CALLER, sliceNs);
    }

    private static void shorten(int thread, long sliceNs) {
        final SchedAttr attr = SchedAttr.of(thread);
        if (attr != null && attr.policy() == SchedAttr.OTHER) {
            attr.sliceNs(sliceNs).set();
        }
    }

    /** Returns the slice that a thread has asked for, ns; 0 = none, or the kernel does not say. */
    static long sliceNs(int thread) {
        final SchedAttr attr = SchedAttr.of(thread);
        return attr == null ? 0 : attr.sliceNs();
    }
}
