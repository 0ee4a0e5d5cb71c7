package io.laurel.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies behind the recorded ends of finished epochs. It is no part of the log, and nobody reads
 * it; but it was counted when the end was written down, and nobody writes there any more. It may
 * have become less: zeros at the end of a file are given back, and some may be those of a block.
 */
final class EpochRests {
    private final LogFiles files;
    private final List<JournalFault> faults = new ArrayList<>();

    private EpochRests(LogFiles files) {
        this.files = files;
    }

    /** Returns where there is more than there was. */
    static List<JournalFault> faults(Path directory) throws IOException {
        EpochRests rests = new EpochRests(LogFiles.of(directory));
        for (EpochEnd end : rests.files.epochs()) {
            rests.check(end);
        }
        return rests.faults;
    }

    private void check(EpochEnd end) throws IOException {
        Path file = files.segments().get(end.endSegment());
        if (file == null) {
            return;
        }
        TailSearch search = new TailSearch(end.lastSequence(), end.epoch());
        try {
            search.run(file, end.endOffset() == 0 ? TailSearch.headOf(file) : end.endOffset(),
                files.segments().subMap(end.endSegment(), false, end.lastSegment(), true)
                    .values());
        } catch (NoSuchFileException e) {
            // a running node has pruned it meanwhile
            return;
        }
        if (search.tornBytes() > end.tornBytes() || search.blocks() > end.tornBlocks()) {
            faults.add(new JournalFault(file.toString(), end.endOffset(), end.lastSequence(),
                "behind the end of epoch " + end.epoch() + ", where nothing is read, are "
                    + search.tornBytes() + " bytes and " + search.blocks()
                    + " whole blocks; when it ended there were " + end.tornBytes() + " and "
                    + end.tornBlocks()));
        }
    }
}
