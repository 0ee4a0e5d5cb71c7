package io.laurel.snapshot;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files that are read or written once from begin to end, past the cache of the system: it would
 * only push out what is of use, and its memory costs more than the reading where a machine has to
 * find it first.
 */
final class PastCache {
    /** Each access begins and ends at a multiple of this. */
    static final int BLOCK_BYTES = 4096;

    private PastCache() {
    }

    /** Returns a buffer that such files can be accessed with, a multiple of a block. */
    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes + BLOCK_BYTES).alignedSlice(BLOCK_BYTES)
            .limit(bytes).slice();
    }

    /**
     * Opens a file.
     *
     * @return null where it cannot be passed by: on a file system in memory, on one that knows no
     *     such thing, or where accesses would have to be larger
     */
    static FileChannel tryOpen(Path file, OpenOption... more) throws IOException {
        if (!fits(Files.getFileStore(file.toAbsolutePath().getParent()).getBlockSize())) {
            return null;
        }
        final Set<OpenOption> options = new HashSet<>(List.of(more));
        options.add(ExtendedOpenOption.DIRECT);
        try {
            return FileChannel.open(file, options);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // what is wrong with the file itself, opening it in the usual way tells
            return null;
        }
    }

    /** Returns whether our accesses are whole blocks of a file system; some name 1 MiB. */
    static boolean fits(long blockBytes) {
        return blockBytes > 0 && BLOCK_BYTES % blockBytes == 0;
    }
}
