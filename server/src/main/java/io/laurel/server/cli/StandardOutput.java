package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import io.laurel.replay.OutputClosed;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where commands print: UTF-8, whatever the locale. A print that fails ends the command, which a
 * plain writer would hide: quietly where a reader such as {@code head} has seen enough, with 70
 * where it is the disk.
 */
final class StandardOutput extends OutputStream {
    private static final Path LINK = Path.of("/proc/self/fd/1");

    private final OutputStream out;
    private final boolean read;
    private boolean failed;

    /**
     * Prints to a stream.
     *
     * @param read whether a process reads what is printed, and may end before
     */
    StandardOutput(OutputStream out, boolean read) {
        this.out = out;
        this.read = read;
    }

    /** Returns a writer to the standard output that writes each line at once. */
    static PrintWriter open() {
        return writer(new StandardOutput(new FileOutputStream(FileDescriptor.out), isRead()));
    }

    static PrintWriter writer(StandardOutput output) {
        return new PrintWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), true);
    }

    private static boolean isRead() {
        try {
            final String kind = Files.readSymbolicLink(LINK).toString();
            return kind.startsWith("pipe:") || kind.startsWith("socket:");
        } catch (IOException e) {
            // no such file system: a reader that is gone is the usual reason for a failure
            return true;
        }
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failed) {
            // told of; what was still in buffers when the command ended has no place to go
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw read ? new OutputClosed(e) : new CommandFailure(ExitCode.JOURNAL_WRITE_FAILED,
                "standard output: " + FileErrors.reason(e), e);
        }
    }
}
