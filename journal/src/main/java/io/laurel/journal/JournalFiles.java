package io.laurel.journal;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.JournalReader.RecordHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Read-only access to the files of a journal; a node may be running on them. */
public final class JournalFiles {
    /** Most faults that one look gives. */
    public static final int MAX_FAULTS = 1_000;

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
     * Hands over the first records of each epoch: what a node logs before anybody else may speak.
     * It is a look ahead and no more: nothing is verified but each block for itself, and what
     * does not look as it should is passed over.
     *
     * @param fromSequence records before it are left out
     * @param most how many of an epoch are looked at
     * @param handler where it says stop, the look at that epoch ends
     * @throws io.laurel.engine.port.JournalCorruptException where the list of epochs is damaged
     * @throws IOException where the files cannot be read
     */
    public static void readFronts(Path directory, long fromSequence, int most,
        RecordHandler handler) throws IOException {
        new EpochFronts(fromSequence, most, handler).read(directory);
    }

    /**
     * Looks for all that is wrong with a journal that was refused: behind each break the chain is
     * taken up again at the next whole block, so that what follows is checked for itself.
     *
     * @return in the order of the files, at most {@link #MAX_FAULTS}
     */
    public static List<JournalFault> faults(Path directory) throws IOException {
        return JournalWalk.run(directory, MAX_FAULTS);
    }

    /**
     * Looks for what was put behind the ends of finished epochs since. It changes nothing that is
     * read.
     *
     * @throws io.laurel.engine.port.JournalCorruptException where the list of epochs is damaged
     */
    public static List<JournalFault> strays(Path directory) throws IOException {
        return EpochRests.faults(directory);
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
