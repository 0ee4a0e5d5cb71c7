package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose older segments are gone begins later, and goes on as any other. */
class PruneTest {
    private static final int BODY = 20;
    private static final int COUNT = 130;
    private static final int BLOCKS = 600;
    private static final long IDENTITY = -77;

    @TempDir
    private Path scratch;
    private Path directory;
    private Path away;
    private final TestBlocks blocks = new TestBlocks(1 << 20);

    @BeforeEach
    void write() throws IOException {
        directory = Files.createDirectories(scratch.resolve("journal"));
        away = Files.createDirectories(scratch.resolve("away"));
        try (ChronicleJournal journal = open(0)) {
            append(journal);
        }
        for (Path file : Segments.list(directory).values()) {
            Files.copy(file, away.resolve(file.getFileName()));
        }
        assertTrue(Segments.list(directory).size() > 2, "several segments");
    }

    private ChronicleJournal open(long snapshot) throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, 1 << 20, 0),
            new JournalRecovery(directory).run(snapshot + 1, snapshot, (b, o, l) -> true));
    }

    private void append(ChronicleJournal journal) throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            blocks.append(journal, COUNT, BODY, 0);
        }
        journal.force();
    }

    private long count(long from) throws IOException {
        long[] records = {0};
        try (JournalReader reader = JournalFiles.openVerifyingReader(directory)) {
            reader.read(from, (buffer, offset, length) -> {
                TestBlocks.check(buffer, offset, length, BODY);
                records[0]++;
                return true;
            });
        }
        return records[0];
    }

    @Test
    void shouldBeginLaterAndGoOnWhenOlderSegmentsWerePruned() throws IOException {
        long snapshot = (long) BLOCKS * COUNT - 1_000;
        long first;
        try (ChronicleJournal journal = open(snapshot)) {
            assertEquals(0, journal.prune(1, IDENTITY));
            assertNull(JournalFiles.prunedStart(directory));
            assertTrue(journal.prune(snapshot + 1, IDENTITY) > 0);
            LogStart start = JournalFiles.prunedStart(directory);
            assertEquals(IDENTITY, start.identity());
            first = start.sequence() + 1;
            assertTrue(first > 1 && first <= snapshot + 1, start::toString);
            assertEquals(0, journal.prune(snapshot + 1, IDENTITY), "nothing more to remove");
            append(journal);
            assertEquals(2L * BLOCKS * COUNT, journal.lastAppendedSequence());
        }
        assertEquals(2L * BLOCKS * COUNT - first + 1, count(first));
        assertEquals(2L * BLOCKS * COUNT, JournalFiles.scan(directory).lastSequence());
        String told = assertThrows(PrunedJournalException.class, () -> count(first - 1))
            .getMessage();
        assertTrue(told.contains("begins with sequence " + first), told);
        assertThrows(PrunedJournalException.class, () -> open(0));

        // in the epoch after, with what its own segments were
        long later = 2L * BLOCKS * COUNT - 1_000;
        try (ChronicleJournal journal = open(later)) {
            assertTrue(journal.prune(later + 1, IDENTITY) > 0);
            append(journal);
        }
        assertTrue(JournalFiles.prunedStart(directory).sequence() >= first);
        assertEquals(3L * BLOCKS * COUNT, JournalFiles.scan(directory).lastSequence());
    }

    @Test
    void shouldBeWholeAgainWhenThePrunedSegmentsArePutBack() throws IOException {
        try (ChronicleJournal journal = open(0)) {
            journal.prune((long) BLOCKS * COUNT, IDENTITY);
        }
        List<Path> kept = List.copyOf(Segments.list(away).values());
        // a crash in the middle of pruning leaves the later ones
        Path last = directory.resolve(kept.get(1).getFileName());
        Files.copy(kept.get(1), last);
        LogStart start = JournalFiles.prunedStart(directory);
        assertEquals((long) BLOCKS * COUNT - start.sequence(), count(start.sequence() + 1));
        for (Path file : kept) {
            Path target = directory.resolve(file.getFileName());
            if (!Files.exists(target)) {
                Files.copy(file, target);
            }
        }
        assertNull(JournalFiles.prunedStart(directory));
        assertEquals((long) BLOCKS * COUNT, count(1));
    }

    @Test
    void shouldRefuseAnotherBlockAtTheFrontOfWhatIsKept() throws IOException {
        try (ChronicleJournal journal = open(0)) {
            journal.prune((long) BLOCKS * COUNT, IDENTITY);
        }
        EpochsFile known = EpochsFile.read(directory);
        LogStart start = known.start();
        assertFalse(start.lastHash().startsWith("00000000"), "the block before is named");
        known.from(new LogStart(start.segment(), start.sequence(), "0".repeat(64), IDENTITY))
            .write(directory);
        assertThrows(JournalCorruptException.class, () -> count(start.sequence() + 1));
    }
}
