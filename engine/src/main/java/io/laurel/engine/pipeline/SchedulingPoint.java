package io.laurel.engine.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Lets the kernel give the core to a thread that was woken meanwhile, if it has one waiting. A
 * thread that computes without entering the kernel is not asked for the core before the next tick
 * of the clock where interrupts between cores are slow, as on many virtual machines: up to 4 ms in
 * which gateway or force wait although it is their turn. Any call of the system is such a moment;
 * unlike a yield this one gives nothing away where nobody waits.
 */
final class SchedulingPoint {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean MEASURED = THREADS.isCurrentThreadCpuTimeSupported()
        && THREADS.isThreadCpuTimeEnabled();

    private SchedulingPoint() {
    }

    /**
     * Passes the point; some 0.4 microseconds.
     *
     * @return processor time of the calling thread, ns, which the kernel has to be asked for; 0
     *     where the platform does not tell
     */
    static long pass() {
        return MEASURED ? THREADS.getCurrentThreadCpuTime() : 0;
    }
}
