package io.laurel.journal;

import io.laurel.engine.port.JournalReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the log from its files. A second call that goes on where the first one ended does not
 * begin anew. One thread.
 */
final class SegmentReader implements JournalReader {
    /** From so far ahead on, looking for the right file is cheaper than reading on. */
    private static final long FAR_SEQUENCES = 1 << 16;

    private final Path directory;
    private final boolean verifyAll;
    private final SegmentIndex index;
    private JournalCursor cursor;
    /** Sequence before the block at which the cursor stands. */
    private long passedSequence;
    private boolean blockPending;

    SegmentReader(Path directory, boolean verifyAll) {
        this.directory = directory;
        this.verifyAll = verifyAll;
        this.index = new SegmentIndex(directory);
    }

    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("sequences begin at 1");
        }
        boolean far = !verifyAll && fromSequence - passedSequence > FAR_SEQUENCES;
        if (cursor == null || fromSequence <= passedSequence || far) {
            begin(fromSequence);
        }
        long last = fromSequence - 1;
        try {
            while (blockPending || cursor.next()) {
                blockPending = true;
                long result = Records.deliver(cursor, fromSequence, handler);
                if (result < 0) {
                    return -result;
                }
                last = Math.max(last, result);
                passedSequence = result;
                cursor.consume();
                blockPending = false;
            }
        } catch (IOException | RuntimeException e) {
            drop();
            throw e;
        }
        return last;
    }

    private void begin(long fromSequence) throws IOException {
        drop();
        if (verifyAll) {
            new SegmentLengths(directory).check();
        }
        LogFiles files = LogFiles.of(directory);
        files.require(fromSequence);
        SegmentIndex.Start start = verifyAll ? files.first() : index.startFor(fromSequence);
        cursor = new JournalCursor(directory, verifyAll, 0, start.segment(), start.sequence());
        passedSequence = start.sequence() - 1;
    }

    private void drop() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
        blockPending = false;
    }

    @Override
    public void close() throws IOException {
        drop();
        index.close();
    }
}
