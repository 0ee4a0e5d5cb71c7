package io.laurel.perf.proc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that no process outlives the bench that started it, however that ends. */
public final class Guard {
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(
            new Thread(() -> STARTED.forEach(Process::destroyForcibly), "bench-end"));
    }

    private Guard() {
    }

    /** Takes a process into its care until it has ended. */
    public static Process over(Process process) {
        STARTED.add(process);
        process.onExit().thenAccept(STARTED::remove);
        return process;
    }
}
