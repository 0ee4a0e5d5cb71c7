package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has threads of this process run soon after they wake; Linux 6.12 and later only. There a thread
 * that wakes waits until the one that has the core has used up its slice, 1.4 to 3 ms, whatever
 * their priorities, unless it has asked for a shorter slice itself. It gets no more of the core by
 * that, only smaller pieces of it.
 */
public final class PromptThreads {
    /** The shortest that the kernel grants. */
    public static final long SLICE_NS = 100_000;

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    /** Numbers of sched_setattr and sched_getattr, which old C libraries have no names for. */
    private static final Map<String, int[]> CALLS =
        Map.of("amd64", new int[] {314, 315}, "aarch64", new int[] {274, 275});
    private static final int[] CALL = LINUX ? CALLS.get(System.getProperty("os.arch")) : null;
    /** Of {@code struct sched_attr} as it was first; the kernel knows it by its size. */
    private static final int ATTR_BYTES = 48;
    private static final int POLICY_OFFSET = 4;
    private static final int RUNTIME_OFFSET = 24;
    private static final int SCHED_OTHER = 0;
    private static final int CALLER = 0;

    /** The part of the C library that is of use here; public because code is generated for it. */
    public interface Calls {
        /** As in POSIX; returns -1 where it fails. */
        long syscall(long number, long thread, long attr, long sizeOrFlags, long flags);
    }

    private static final class Library {
        static final Calls C = LibraryLoader.create(Calls.class).load("c");
    }

    private PromptThreads() {
    }

    /**
     * Asks for the shortest slice for the threads whose names begin like one of these; the system
     * knows 15 characters of them. A thread that the operator has given another scheduler stays as
     * it is, and where the kernel knows no such thing, all of them do.
     */
    public static void shorten(List<String> names) {
        if (CALL == null) {
            return;
        }
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
        if (CALL != null) {
            shorten(CALLER, sliceNs);
        }
    }

    private static void shorten(int thread, long sliceNs) {
        final UnsafeBuffer attr = attr(thread);
        if (attr != null && attr.getInt(POLICY_OFFSET, ByteOrder.nativeOrder()) == SCHED_OTHER) {
            attr.putLong(RUNTIME_OFFSET, sliceNs, ByteOrder.nativeOrder());
            Library.C.syscall(CALL[0], thread, attr.addressOffset(), 0, 0);
        }
    }

    /** Returns how a thread is scheduled, null where the kernel does not say. */
    private static UnsafeBuffer attr(int thread) {
        final UnsafeBuffer attr = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(ATTR_BYTES, BitUtil.SIZE_OF_LONG));
        return Library.C.syscall(CALL[1], thread, attr.addressOffset(), ATTR_BYTES, 0) == 0
            ? attr : null;
    }

    /** Returns the slice that a thread has asked for, ns; 0 = none, or the kernel does not say. */
    static long sliceNs(int thread) {
        final UnsafeBuffer attr = CALL == null ? null : attr(thread);
        return attr == null ? 0 : attr.getLong(RUNTIME_OFFSET, ByteOrder.nativeOrder());
    }
}
