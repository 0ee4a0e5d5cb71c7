package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageLowTest {
    private static final long LOW = 10L << 20;
    private static final long PLENTY = 1L << 40;
    private static final int BODY = 100;

    @TempDir
    private Path directory;
    private final AtomicLong usable = new AtomicLong(PLENTY);
    private final TestBlocks blocks = new TestBlocks(1 << 20);

    private ChronicleJournal open() throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, 1 << 20, LOW),
            JournalFiles.scan(directory), usable::get);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in 10 s");
            Thread.onSpinWait();
        }
    }

    private boolean nextIsReady() {
        return Files.exists(directory.resolve(SegmentPreparer.NEXT));
    }

    @Test
    void shouldSwitchWithTheFreeSpace() throws IOException {
        try (ChronicleJournal journal = open()) {
            await(this::nextIsReady);
            await(() -> !journal.storageLow());
            usable.set(LOW - 1);
            await(journal::storageLow);
            // what is settled meanwhile still finds its place
            blocks.append(journal, 10, BODY, 0);
            assertEquals(10, journal.force());
            usable.set(LOW);
            await(() -> !journal.storageLow());
        }
    }

    @Test
    void shouldBeLowWhenTheNextSegmentWouldNotLeaveEnough() throws IOException {
        JournalConfig config = new JournalConfig(directory, 1 << 20, LOW);
        try (ChronicleJournal journal = open()) {
            await(this::nextIsReady);
            usable.set(config.fileBytes() - 1);
            long limit = journal.lastAppendedSequence() + 100_000;
            while (nextIsReady() && journal.lastAppendedSequence() < limit) {
                blocks.append(journal, 60, BODY, 0);
            }
            assertTrue(journal.storageLow());
            // the space for yet another segment comes back
            usable.set(LOW + config.fileBytes() - 1);
            await(this::nextIsReady);
            await(() -> !journal.storageLow());
        }
    }

    @Test
    void shouldFailAndStayFailedWhenThereIsNoRoomForTheNextSegment() throws IOException {
        try (ChronicleJournal journal = open()) {
            await(this::nextIsReady);
            usable.set(0);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 2000; i++) {
                    blocks.append(journal, 60, BODY, 0);
                }
            });
            usable.set(PLENTY);
            assertThrows(IOException.class, () -> blocks.append(journal, 60, BODY, 0));
            assertThrows(IOException.class, journal::force);
        }
        JournalScan scan = JournalFiles.scan(directory);
        assertTrue(scan.lastSequence() > 0);
        assertTrue(scan.openEpochSegments().size() >= 2, scan::toString);
        try (ChronicleJournal journal = open()) {
            assertEquals(scan.lastSequence(), journal.lastAppendedSequence());
            assertFalse(journal.storageLow());
        }
    }

    @Test
    void shouldNotOpenWithoutRoomForASegment() {
        usable.set(1 << 20);
        assertThrows(IOException.class, this::open);
    }
}
