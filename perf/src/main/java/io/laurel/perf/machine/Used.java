package io.laurel.perf.machine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the calling thread has used since it began. */
public final class Used {
    private static final ThreadMXBean THREADS =
        (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Used() {
    }

    /** Returns the bytes that it has allocated on the heap. */
    public static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Returns the time that it has run on a processor, ns. */
    public static long processorNs() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
