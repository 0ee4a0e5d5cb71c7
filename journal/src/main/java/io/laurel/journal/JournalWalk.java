package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goes over the files of a journal that cannot be believed and notes all that is wrong, not only
 * what is first: behind each break it takes up the chain again at the next whole block. It judges
 * nothing; {@link JournalRecovery} does that.
 */
final class JournalWalk {
    private final Path directory;
    private final List<JournalFault> faults = new ArrayList<>();
    private final int limit;
    private List<EpochEnd> epochs = List.of();
    private boolean epochsKnown = true;
    private Chain chain = new Chain();
    private Path file;

    private JournalWalk(Path directory, int limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * Looks at everything.
     *
     * @param limit at most so many faults
     */
    static List<JournalFault> run(Path directory, int limit) throws IOException {
        JournalWalk walk = new JournalWalk(directory, limit);
        try {
            walk.readEpochs();
            for (Map.Entry<Long, Path> entry : walk.segments().entrySet()) {
                walk.segment(entry.getKey(), entry.getValue());
            }
        } catch (JournalCorruptException e) {
            walk.note(e.file(), e.position(), e.reason());
        }
        return List.copyOf(walk.faults);
    }

    private void readEpochs() throws IOException {
        try {
            epochs = EpochsFile.read(directory).epochs();
        } catch (JournalCorruptException e) {
            epochsKnown = false;
            note(e.file(), e.position(), e.reason());
        }
    }

    /** Lists what is part of the log; where older ones were pruned the chain begins later. */
    private Map<Long, Path> segments() throws IOException {
        if (!epochsKnown) {
            return Segments.list(directory);
        }
        LogFiles files = LogFiles.of(directory);
        if (files.start() != null) {
            chain.begin(files.start().sequence() + 1, 1);
            chain.anchor(files.start().lastHash());
        }
        return files.segments();
    }

    private void segment(long number, Path segmentFile) throws IOException {
        file = segmentFile;
        int index = 0;
        while (index < epochs.size() && number > epochs.get(index).lastSegment()) {
            index++;
        }
        EpochEnd end = index < epochs.size() ? epochs.get(index) : null;
        if (end != null && number > end.endSegment()) {
            return;
        }
        if (epochsKnown && index + 1 > chain.epoch()) {
            chain.nextEpoch(index + 1);
        }
        boolean last = end != null && number == end.endSegment();
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(segmentFile, 0);
            blocks(scanner, last ? end.endOffset() : Long.MAX_VALUE);
            if (last && scanner.position() < end.endOffset()) {
                note(scanner.position(), "the epoch was recorded as longer, up to sequence "
                    + end.lastSequence());
            }
        }
    }

    /** Goes from block to block up to an offset; stays where it finds no more. */
    private void blocks(RawScanner scanner, long endOffset) throws IOException {
        while (scanner.position() < endOffset && faults.size() < limit) {
            RawScanner.Found found = scanner.find();
            String fault = scanner.fault();
            if (found == RawScanner.Found.BLOCK) {
                fault = extend(scanner);
                if (fault == null || isWhole(scanner)) {
                    noteIfAny(scanner.position(), fault);
                    scanner.skip();
                    continue;
                }
            } else if (found == RawScanner.Found.END) {
                fault = "there is nothing where a block was";
            }
            long from = scanner.position();
            long next = TailSearch.nextWhole(scanner.input(), from + RawScanner.ALIGNMENT);
            if (next < 0 || next >= endOffset) {
                return;
            }
            note(from, fault + "; the next whole block is at offset "
                + (next - RawScanner.EXCERPT_HEADER_BYTES));
            scanner.seek(next - RawScanner.EXCERPT_HEADER_BYTES);
        }
    }

    private static boolean isWhole(RawScanner scanner) {
        return Envelope.fault(scanner.buffer(), scanner.input().bytes(),
            scanner.payloadOffset(), scanner.lengthBytes()) == null;
    }

    /** Returns what is wrong with the block; a whole one that lies ahead is where it goes on. */
    private String extend(RawScanner scanner) {
        int offset = scanner.payloadOffset();
        int epoch = Envelope.epoch(scanner.buffer(), offset);
        if (!epochsKnown && epoch > chain.epoch()) {
            chain.nextEpoch(epoch);
        }
        String fault = extend(chain, scanner);
        if (fault == null || !isWhole(scanner)) {
            return fault;
        }
        long first = Envelope.firstSequence(scanner.buffer(), offset);
        if (first > chain.lastSequence()) {
            Chain ahead = new Chain();
            ahead.begin(first, Math.max(epoch, chain.epoch()));
            if (extend(ahead, scanner) == null) {
                noteIfAny(scanner.position(), fault);
                chain = ahead;
                return null;
            }
        }
        return fault;
    }

    private static String extend(Chain chain, RawScanner scanner) {
        return chain.extend(scanner.buffer(), scanner.input().bytes(), scanner.payloadOffset(),
            scanner.lengthBytes());
    }

    private void noteIfAny(long offset, String fault) {
        if (fault != null) {
            note(offset, fault);
        }
    }

    private void note(long offset, String fault) {
        note(file.toString(), offset, fault);
    }

    private void note(String name, long offset, String fault) {
        if (faults.size() < limit) {
            faults.add(new JournalFault(name, offset, chain.lastSequence(), fault));
        }
    }
}
