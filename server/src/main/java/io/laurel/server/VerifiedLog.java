package io.laurel.server;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.journal.JournalRecovery;
import io.laurel.journal.JournalScan;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * A node's log, verified while it is read, and always to its end: what the log says and whether
 * it can be believed does not depend on how far its commands could be applied. Hands records over
 * as long as all is as it was assumed. Read once.
 */
final class VerifiedLog implements JournalReader {
    private final Path journal;
    private final LogOutline assumed;
    private final LogOutline found;
    private int skips;
    private boolean wanted = true;
    private long handedOver;
    private JournalScan scan;

    /**
     * Takes what the commands are applied by.
     *
     * @param journal directory of the segments
     * @param found the outline before the first record; takes what the records say
     */
    VerifiedLog(Path journal, LogOutline assumed, LogOutline found) {
        this.journal = journal;
        this.assumed = assumed;
        this.found = found;
    }

    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        handedOver = fromSequence - 1;
        scan = new JournalRecovery(journal).run(fromSequence, fromSequence - 1,
            (buffer, offset, length) -> take(buffer, offset, length, handler));
        return handedOver;
    }

    private boolean take(DirectBuffer buffer, int offset, int length, RecordHandler handler) {
        found.onRecord(buffer, offset, length);
        if (wanted && isAsAssumedSoFar()) {
            handedOver =
                buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            wanted = handler.onRecord(buffer, offset, length);
        }
        return true;
    }

    private boolean isAsAssumedSoFar() {
        final int before = skips;
        skips = found.skipped().size();
        // sets are compared only where one has grown
        wanted = skips == before
            ? found.settings().largestMemoryBytes() <= assumed.settings().largestMemoryBytes()
            : found.isWithin(assumed);
        return wanted;
    }

    /** Returns whether the whole log, once read, is as it was assumed. */
    boolean isAsAssumed() {
        return found.isWithin(assumed) && assumed.isWithin(found);
    }

    /** Returns what the commands are applied by. */
    LogOutline assumed() {
        return assumed;
    }

    /** Returns what its records say. */
    LogOutline found() {
        return found;
    }

    /** Returns where writing goes on; null before the log was read. */
    JournalScan scan() {
        return scan;
    }

    @Override
    public void close() {
        // holds nothing between two readings
    }
}
