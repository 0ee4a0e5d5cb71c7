package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader.RecordHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Reads and verifies the log before it is opened for writing, and hands its records over in the
 * same pass. It changes nothing; {@link ChronicleJournal#open} writes its verdict down.
 */
public final class JournalRecovery {
    private final Path directory;

    /** Takes the directory of the segments. */
    public JournalRecovery(Path directory) {
        this.directory = directory;
    }

    /**
     * Verifies the log from the file that holds a sequence to its end.
     *
     * @param fromSequence first sequence wanted, from 1 on; with 1 the whole log is verified,
     *     else what lies in earlier files is trusted
     * @param knownDurable a sequence known to be durable from elsewhere, such as a snapshot or a
     *     checkpoint; 0 where there is none
     * @param handler takes the records from {@code fromSequence} on; once it returns false the
     *     rest is verified only
     * @throws JournalCorruptException where something durable is damaged or missing
     * @throws IOException where the files cannot be read
     */
    public JournalScan run(long fromSequence, long knownDurable, RecordHandler handler)
        throws IOException {
        new SegmentLengths(directory).check();
        try (SegmentIndex index = new SegmentIndex(directory)) {
            SegmentIndex.Start start = index.startFor(fromSequence);
            try (JournalCursor cursor = new JournalCursor(directory, true, knownDurable,
                start.segment(), start.sequence())) {
                boolean wanted = true;
                while (cursor.next()) {
                    wanted = wanted && Records.deliver(cursor, fromSequence, handler) > 0;
                    cursor.consume();
                }
                return report(cursor);
            }
        }
    }

    private JournalScan report(JournalCursor cursor) {
        Chain chain = cursor.chain();
        List<EpochEnd> epochs = new ArrayList<>(cursor.epochs());
        long first = epochs.isEmpty() ? Segments.FIRST
            : epochs.get(epochs.size() - 1).lastSegment() + 1;
        NavigableMap<Long, Path> open = cursor.segments().tailMap(first, true);
        JournalTail tail = cursor.tail();
        EpochEnd previous = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        boolean empty = chain.blocks() == 0;
        long lastSequence = chain.lastSequence();
        long lastTimeNs = empty && previous != null ? previous.lastTimeNs() : chain.lastTimeNs();
        String hash = empty && previous != null ? previous.lastHash() : chain.hashHex();
        long next = first;
        if (!open.isEmpty()) {
            next = open.lastKey() + 1;
            epochs.add(new EpochEnd(epochs.size() + 1, first, open.lastKey(),
                cursor.goodSegment(), cursor.goodPosition(), lastSequence, lastTimeNs, hash,
                tail.tornBytes(), tail.tornBlocks()));
        }
        return new JournalScan(cursor.segments().size(), chain.blocks(), chain.records(),
            chain.recordBytes(), chain.firstSequence(), lastSequence, lastTimeNs, hash,
            chain.durableMark(), tail, List.copyOf(epochs), List.copyOf(open.keySet()), next);
    }
}
