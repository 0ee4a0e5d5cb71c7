package io.laurel.perf.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks the kernel to wake this thread when it said, not up to 50 microseconds later. A load that is
 * to leave at given times needs it; where it is not to be had, latencies are that much longer.
 */
final class TimerSlack {
    private TimerSlack() {
    }

    /** Shortens it for the calling thread; returns whether the kernel took it. */
    static boolean shorten() {
        try {
            final String id =
                Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
            Files.writeString(Path.of("/proc", id, "timerslack_ns"), "1");
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
