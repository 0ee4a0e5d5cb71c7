package io.laurel.perf.wire;

import io.laurel.journal.PromptThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks the kernel to wake this thread when it said, not up to 50 microseconds later, and not behind
 * what works in the background of a node on the same machine; a node's own threads go first, as if
 * this one were elsewhere. A load that is to leave at given times needs it; where it is not to be
 * had, latencies are that much longer.
 */
final class TimerSlack {
    private TimerSlack() {
    }

    /** Shortens it for the calling thread; returns whether the kernel took it. */
    static boolean shorten() {
        PromptThreads.shortenCaller(2 * PromptThreads.SLICE_NS);
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
