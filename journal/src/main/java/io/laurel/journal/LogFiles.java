package io.laurel.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * The files of a log as they stand: what is known of them, and the segments that are part of it.
 *
 * @param known the list of epochs
 * @param start where the log begins, null = at the beginning of all
 * @param segments by number, without what was pruned and is not yet gone
 */
record LogFiles(EpochsFile known, LogStart start, TreeMap<Long, Path> segments) {
    /** Looks at a directory. */
    static LogFiles of(Path directory) throws IOException {
        // the list of epochs last: what it names was in the directory before
        TreeMap<Long, Path> found = Segments.list(directory);
        EpochsFile known = EpochsFile.read(directory);
        // files are pruned in order, so where the first is there all are
        LogStart start = found.containsKey(Segments.FIRST) ? null : known.start();
        return new LogFiles(known, start, start == null ? found
            : new TreeMap<>(found.tailMap(start.segment(), true)));
    }

    /** Returns where reading from the first sequence begins. */
    SegmentIndex.Start first() {
        return start == null ? new SegmentIndex.Start(Segments.FIRST, 1)
            : new SegmentIndex.Start(start.segment(), start.sequence() + 1);
    }

    List<EpochEnd> epochs() {
        return known.epochs();
    }

    /**
     * Checks that a sequence is still there.
     *
     * @throws PrunedJournalException where it is not
     */
    void require(long sequence) throws PrunedJournalException {
        if (start != null && sequence <= start.sequence()) {
            throw new PrunedJournalException(start);
        }
    }
}
