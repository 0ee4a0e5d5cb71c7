package io.laurel.journal;

import java.nio.ByteOrder;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** How the kernel schedules a thread, after {@code sched_setattr(2)}; Linux only. */
final class SchedAttr {
    /** For the thread that asks. */
    static final int CALLER = 0;
    /** Takes turns with others. */
    static final int OTHER = 0;
    /** Runs where no thread of another policy wants to, and gives way at once where one wakes. */
    static final int IDLE = 5;

    /** Numbers of sched_setattr and sched_getattr, which old C libraries have no names for. */
    private static final Map<String, int[]> CALLS =
        Map.of("amd64", new int[] {314, 315}, "aarch64", new int[] {274, 275});
    private static final int[] CALL = System.getProperty("os.name").startsWith("Linux")
        ? CALLS.get(System.getProperty("os.arch")) : null;
    /** Of {@code struct sched_attr} as it was first; the kernel knows it by its size. */
    private static final int BYTES = 48;
    private static final int POLICY_OFFSET = 4;
    private static final int NICE_OFFSET = 16;
    private static final int RUNTIME_OFFSET = 24;

    private final int thread;
    private final UnsafeBuffer attr = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(BYTES, BitUtil.SIZE_OF_LONG));

    /** The part of the C library that is of use here; public because code is generated for it. */
    public interface Calls {
        /** As in POSIX; returns -1 where it fails. */
        long syscall(long number, long thread, long attr, long sizeOrFlags, long flags);
    }

    private static final class Library {
        static final Calls C = LibraryLoader.create(Calls.class).load("c");
    }

    private SchedAttr(int thread) {
        this.thread = thread;
    }

    /** Returns what holds for a thread, null where the kernel does not say. */
    static SchedAttr of(int thread) {
        if (CALL == null) {
            return null;
        }
        final SchedAttr found = new SchedAttr(thread);
        return Library.C.syscall(CALL[1], thread, found.attr.addressOffset(), BYTES, 0) == 0
            ? found : null;
    }

    int policy() {
        return attr.getInt(POLICY_OFFSET, ByteOrder.nativeOrder());
    }

    /** Returns the slice that the thread has asked for, ns; 0 = none, or another scheduler. */
    long sliceNs() {
        return attr.getLong(RUNTIME_OFFSET, ByteOrder.nativeOrder());
    }

    SchedAttr policy(int value) {
        attr.putInt(POLICY_OFFSET, value, ByteOrder.nativeOrder());
        return this;
    }

    SchedAttr nice(int value) {
        attr.putInt(NICE_OFFSET, value, ByteOrder.nativeOrder());
        return this;
    }

    SchedAttr sliceNs(long value) {
        attr.putLong(RUNTIME_OFFSET, value, ByteOrder.nativeOrder());
        return this;
    }

    /** Has this hold for the thread from now on; returns whether the kernel took it. */
    boolean set() {
        return Library.C.syscall(CALL[0], thread, attr.addressOffset(), 0, 0) == 0;
    }
}
