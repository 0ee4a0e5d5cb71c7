package io.laurel.perf.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process as the kernel counts it; 0 where it does not say. */
public final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private Resident() {
    }

    /** Returns what it takes now. */
    public static long bytes() throws IOException {
        return read("VmRSS:");
    }

    /** Returns the most it has taken since the last {@link #resetPeak}, or since its start. */
    public static long peakBytes() throws IOException {
        return read("VmHWM:");
    }

    /** Lets the peak begin again, where the kernel can. */
    public static void resetPeak() throws IOException {
        if (Files.isWritable(CLEAR)) {
            Files.writeString(CLEAR, "5");
        }
    }

    private static long read(String name) throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        for (final String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return 0;
    }
}
