package io.laurel.journal;

import io.laurel.engine.port.JournalReader;
import java.io.IOException;
import java.nio.file.Path;

/** Read-only access to the files of a journal; a node may be running on them. */
public final class JournalFiles {
    private JournalFiles() {
    }

    /**
     * Opens a reader that begins in the file which holds the sequence wanted, verifies all it
     * reads, and at the end of the log takes the end as it is: made for following a running node.
     */
    public static JournalReader openReader(Path directory) {
        return new SegmentReader(directory, false);
    }

    /**
     * Opens a reader that verifies the log from its first block on, whatever is asked for, and
     * looks for lost blocks behind its end: made for auditors.
     */
    public static JournalReader openVerifyingReader(Path directory) {
        return new SegmentReader(directory, true);
    }

    /**
     * Verifies everything and reports.
     *
     * @throws io.laurel.engine.port.JournalCorruptException where it cannot be believed
     */
    public static JournalScan scan(Path directory) throws IOException {
        return new JournalRecovery(directory).run(LogFiles.of(directory).first().sequence(), 0,
            (buffer, offset, length) -> false);
    }

    /** Returns where the log begins where older segments were pruned; null where none is gone. */
    public static LogStart prunedStart(Path directory) throws IOException {
        return LogFiles.of(directory).start();
    }
}
