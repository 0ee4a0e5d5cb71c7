package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalOpeningTest {
    private static final long SEGMENT_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    private JournalOpening opening() throws IOException {
        return JournalOpening.of(new JournalConfig(directory, SEGMENT_BYTES, 0));
    }

    private JournalScan scan() throws IOException {
        return new JournalRecovery(directory).run(1, 0, (buffer, offset, length) -> true);
    }

    @Test
    void shouldHaveTheZerosBeforeTheJournalIsOpened() throws Exception {
        try (JournalOpening opening = opening()) {
            opening.begin();
            final Path zeros = directory.resolve(SegmentPreparer.NEXT);
            final long deadline = System.nanoTime() + Duration.ofSeconds(50).toNanos();
            while (!Files.exists(zeros)) {
                assertTrue(System.nanoTime() < deadline, "no zeros were written");
                Thread.onSpinWait();
            }
            final JournalScan scan = scan();
            assertEquals(0, scan.lastSequence());
            try (ChronicleJournal journal = opening.open(scan)) {
                assertTrue(Files.exists(Segments.file(directory, Segments.FIRST)));
                assertFalse(journal.storageLow());
            }
        }
    }

    @Test
    void shouldLeaveNothingOfTheLogBehindWhereItIsNotOpened() throws IOException {
        final JournalOpening opening = opening();
        opening.begin();
        opening.close();
        assertFalse(Files.exists(Segments.file(directory, Segments.FIRST)));
        assertFalse(Files.exists(directory.resolve(SegmentPreparer.NEXT + ".tmp")));
        try (ChronicleJournal journal = opening().open(scan())) {
            assertFalse(journal.storageLow());
            assertTrue(Files.exists(Segments.file(directory, Segments.FIRST)));
        }
    }

    @Test
    void shouldDoNothingBeforeItIsToldTo() throws IOException {
        opening().close();
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void shouldOpenOnce() throws IOException {
        try (JournalOpening opening = opening(); ChronicleJournal journal = opening.open(scan())) {
            assertThrows(IllegalStateException.class, () -> opening.open(scan()));
            assertFalse(journal.storageLow());
        }
    }
}
