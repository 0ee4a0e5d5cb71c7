package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnforcedTailTest {
    private static final int BODY = 100;
    private static final int RECORDS = 50;

    @TempDir
    private Path directory;
    @TempDir
    private Path copy;
    private final TestBlocks blocks = new TestBlocks(2 << 20);

    private JournalConfig config(Path where) {
        return new JournalConfig(where, 1 << 20, 0);
    }

    /** Writes blocks that know of a mark, and takes the files as a kill would leave them. */
    private JournalScan killed(int count, long mark) throws IOException {
        try (ChronicleJournal journal =
            ChronicleJournal.open(config(directory), JournalFiles.scan(directory))) {
            for (int i = 0; i < count; i++) {
                blocks.append(journal, RECORDS, BODY,
                    Math.min(mark, journal.lastAppendedSequence()));
            }
            journal.force();
            for (Path file : DurableFiles.list(directory, "*")) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return JournalFiles.scan(copy);
    }

    private List<UnforcedTail.Stretch> find(JournalScan scan) throws IOException {
        return UnforcedTail.find(copy, scan.epochs().get(scan.epochs().size() - 1),
            scan.durableMark());
    }

    @Test
    void shouldFindWhatNoMarkVouchesForWithinAFile() throws IOException {
        JournalScan scan = killed(20, 15L * RECORDS);
        List<UnforcedTail.Stretch> found = find(scan);
        EpochEnd end = scan.epochs().get(0);
        assertEquals(1, found.size());
        assertEquals(end.endOffset(), found.get(0).to());
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(found.get(0).file(), found.get(0).from());
            assertEquals(RawScanner.Found.BLOCK, scanner.find());
            assertEquals(15 * RECORDS + 1,
                Envelope.firstSequence(scanner.buffer(), scanner.payloadOffset()));
        }
    }

    @Test
    void shouldFindItInAllFilesBackToTheMark() throws IOException {
        JournalScan scan = killed(600, 2L * RECORDS);
        List<UnforcedTail.Stretch> found = find(scan);
        assertTrue(found.size() >= 3, found::toString);
        assertEquals(scan.segments(), found.size());
        List<Long> begins =
            new ArrayList<>(found.stream().map(UnforcedTail.Stretch::from).toList());
        assertTrue(begins.remove(begins.size() - 1) > 0, "the first file holds what is marked");
        assertTrue(begins.stream().allMatch(from -> from == 0), begins::toString);
    }

    @Test
    void shouldFindNothingWhereAllIsVouchedFor() throws IOException {
        JournalScan scan = killed(20, 15L * RECORDS);
        assertEquals(List.of(), UnforcedTail.find(copy, scan.epochs().get(0), 20L * RECORDS));
        assertEquals(List.of(), UnforcedTail.find(copy,
            new EpochEnd(1, 1, 1, 1, 0, 0, 0, scan.lastHash(), 0, 0), 0));
    }

    @Test
    void shouldWriteItAgainAsItIsWhenTheNextEpochBegins() throws IOException {
        List<Boolean> written = filesWrittenAtStart(250);
        int first = written.indexOf(true);
        // the last file changes anyway: its zeros are given back
        assertTrue(first > 0 && first < written.size() - 2, written::toString);
        assertTrue(!written.subList(first, written.size()).contains(false), written::toString);
    }

    @Test
    void shouldWriteNothingAgainInFilesBeforeTheMark() throws IOException {
        List<Boolean> written = filesWrittenAtStart(599);
        assertEquals(written.size() - 1, written.indexOf(true), written::toString);
    }

    /** Marks so many of 600 blocks; returns to which of the files a start writes. */
    private List<Boolean> filesWrittenAtStart(int marked) throws IOException {
        JournalScan scan = killed(600, (long) marked * RECORDS);
        FileTime longAgo = FileTime.fromMillis(0);
        List<Path> files = new ArrayList<>();
        List<byte[]> before = new ArrayList<>();
        for (long segment : scan.openEpochSegments()) {
            files.add(Segments.file(copy, segment));
            before.add(Files.readAllBytes(files.get(files.size() - 1)));
            Files.setLastModifiedTime(files.get(files.size() - 1), longAgo);
        }
        ChronicleJournal.open(config(copy), scan).close();
        List<Boolean> written = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            written.add(Files.getLastModifiedTime(files.get(i)).compareTo(longAgo) > 0);
            assertArrayEquals(before.get(i),
                Arrays.copyOf(Files.readAllBytes(files.get(i)), before.get(i).length),
                "as it was, but for zeros that were given back");
        }
        assertEquals(600L * RECORDS, JournalFiles.scan(copy).lastSequence());
        return written;
    }
}
