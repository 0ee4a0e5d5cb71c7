package io.laurel.replay;

import io.laurel.engine.recovery.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Says on stderr how far a pass has come, where that is a terminal and takes longer than a second.
 * Closing it clears the line.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private long nextNs = System.nanoTime() + FIRST_NS;
    private boolean shown;

    /** Shows on stderr. */
    public ProgressLine() {
        this(System.err, isTerminal());
    }

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Of the standard streams only stderr matters; a console knows about the other two. */
    private static boolean isTerminal() {
        try {
            final String name =
                Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty")
                || name.equals("/dev/console");
        } catch (IOException e) {
            // no such file system: what the platform knows must do
            return System.console() != null;
        }
    }

    @Override
    public void onProgress(long sequence, long timeNs) {
        final long now = System.nanoTime();
        if (terminal && now - nextNs >= 0) {
            nextNs = now + EVERY_NS;
            shown = true;
            out.print(CLEAR + "sequence " + sequence + ", " + LogTimes.text(timeNs));
            out.flush();
        }
    }

    @Override
    public void close() {
        if (shown) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
