package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Gives the zeros back that were written ahead and never used. */
final class SegmentTrimmer {
    private static final int STEP_BYTES = 1 << 20;

    private SegmentTrimmer() {
    }

    /**
     * Cuts the zeros at the end of a file that nobody writes to any more.
     *
     * @param keepBytes length that stays in any case: a block may end in zeros too
     */
    static void trim(Path file, long keepBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
            long end = Math.max(keepBytes, usedBytes(channel));
            if (end < channel.size()) {
                channel.truncate(end);
                channel.force(true);
            }
        }
    }

    private static long usedBytes(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);
        byte[] zeros = new byte[STEP_BYTES];
        long end = channel.size();
        while (end > 0) {
            int length = (int) Math.min(STEP_BYTES, end);
            long start = end - length;
            buffer.clear().limit(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, start + buffer.position()) < 0) {
                    throw new IOException("the file became shorter while it was read");
                }
            }
            // whole stretches at once: a start waits for this, before anything is compiled
            if (!Arrays.equals(buffer.array(), 0, length, zeros, 0, length)) {
                int used = length;
                while (buffer.get(used - 1) == 0) {
                    used--;
                }
                return start + used;
            }
            end = start;
        }
        return 0;
    }
}
