package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A journal in one file whose process never closed it, with the place of every block, and the
 * judge of what recovery has to say once some of it is damaged.
 */
final class DamagedJournal {
    /** One block: where its excerpt begins and ends, what it holds, the mark it carries. */
    record Place(int start, int end, long firstSequence, long lastSequence, long mark) {
        boolean touches(int from, int to) {
            return from < end && to > start;
        }
    }

    /** Marks of blocks lag by so many blocks. */
    static final int LAG = 3;
    /** Records in a block: all blocks have one length. */
    static final int COUNT = 13;
    private static final int BODY = 20;
    private static final int ZEROS = 16 << 10;

    private final Path directory;
    private final Path file;
    private final List<Place> places = new ArrayList<>();
    private final byte[] content;

    private DamagedJournal(Path directory, byte[] content) {
        this.directory = directory;
        this.file = Segments.file(directory, Segments.FIRST);
        this.content = content;
    }

    /** Writes blocks and copies the file away before the journal is closed. */
    static DamagedJournal write(Path scratch, int blockCount) throws IOException {
        Path original = Files.createDirectories(scratch.resolve("original"));
        Path copy = Files.createDirectories(scratch.resolve("copy"));
        TestBlocks blocks = new TestBlocks(1 << 16);
        byte[] content;
        try (ChronicleJournal journal = ChronicleJournal.open(
            new JournalConfig(original, 1 << 20, 0), JournalFiles.scan(original))) {
            for (int i = 0; i < blockCount; i++) {
                blocks.append(journal, COUNT, BODY, Math.max(0, i - LAG) * (long) COUNT);
            }
            content = Files.readAllBytes(Segments.file(original, Segments.FIRST));
        }
        DamagedJournal whole = new DamagedJournal(copy, content);
        whole.restore();
        whole.find();
        // some of the zeros behind the end stay, as a killed process leaves them
        DamagedJournal journal = new DamagedJournal(copy,
            Arrays.copyOf(content, whole.last().end() + ZEROS));
        journal.restore();
        journal.find();
        journal.know(0);
        assertEquals(blockCount, journal.places.size());
        return journal;
    }

    private void find() throws IOException {
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(file, 0);
            while (scanner.find() == RawScanner.Found.BLOCK) {
                int start = (int) scanner.position();
                int offset = scanner.payloadOffset();
                places.add(new Place(start, start + 4 + scanner.lengthBytes(),
                    Envelope.firstSequence(scanner.buffer(), offset),
                    Envelope.lastSequence(scanner.buffer(), offset),
                    Envelope.durableMark(scanner.buffer(), offset)));
                scanner.skip();
            }
        }
    }

    void restore() throws IOException {
        Files.write(file, content);
    }

    /** Writes down how long the file must be; with 0 nobody knows that it has begun. */
    void know(long lengthBytes) throws IOException {
        new EpochsFile(null, List.of(), new TreeMap<>(Map.of(Segments.FIRST, lengthBytes)))
            .write(directory);
    }

    Path directory() {
        return directory;
    }

    Path file() {
        return file;
    }

    byte[] content() {
        return content;
    }

    List<Place> places() {
        return places;
    }

    Place last() {
        return places.get(places.size() - 1);
    }

    JournalScan scan() {
        try {
            return JournalFiles.scan(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks the verdict where the first damage is in a given block.
     *
     * @param intact which blocks can still be found somewhere
     */
    void expectEndBefore(int block, Predicate<Place> intact, String what) throws IOException {
        long sequence = block == 0 ? 0 : places.get(block - 1).lastSequence();
        long mark = places.stream().filter(intact).mapToLong(Place::mark).max().orElse(0);
        long position = block < places.size() ? places.get(block).start() : last().end();
        if (mark > sequence) {
            JournalCorruptException refused = assertThrows(JournalCorruptException.class,
                () -> JournalFiles.scan(directory), what);
            assertEquals(sequence, refused.sequence(), what);
            assertEquals(position, refused.position(), what);
            assertTrue(refused.file().endsWith(file.getFileName().toString()), what);
        } else {
            JournalScan scan = JournalFiles.scan(directory);
            assertEquals(sequence, scan.lastSequence(), what);
            assertEquals(position, scan.tail().position(), what);
        }
    }

    /** Returns the number of the first block that a range of bytes touches. */
    int blockAt(int from, int to) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).touches(from, to)) {
                return i;
            }
        }
        return places.size();
    }

    /** Whether all cases are to be run, not a sample of them. */
    static boolean exhaustive() {
        return Boolean.getBoolean("laurel.long");
    }

    /** Returns how far to go to the next case. */
    static int step(Random random, int average) {
        return exhaustive() ? 1 : 1 + random.nextInt(2 * average - 1);
    }
}
