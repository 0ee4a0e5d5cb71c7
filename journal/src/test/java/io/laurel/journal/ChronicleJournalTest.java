package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest {
    private static final int BODY = 100;
    private static final long SEGMENT = 1 << 20;

    @TempDir
    private Path directory;
    private final TestBlocks blocks = new TestBlocks(2 << 20);

    private ChronicleJournal open() throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, SEGMENT, 0),
            JournalFiles.scan(directory));
    }

    private long readAll(long from) throws IOException {
        long[] next = {from};
        try (JournalReader reader = JournalFiles.openReader(directory)) {
            return reader.read(from, (buffer, offset, length) -> {
                assertEquals(next[0]++, buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                    ByteOrder.LITTLE_ENDIAN));
                TestBlocks.check(buffer, offset, length, BODY);
                return true;
            });
        }
    }

    @Test
    void shouldReadBackWhatWasWrittenOverSegmentsAndEpochs() throws IOException {
        long written = 0;
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (ChronicleJournal journal = open()) {
                assertEquals(epoch, journal.epoch());
                assertEquals(written, journal.lastAppendedSequence());
                for (int i = 0; i < 300; i++) {
                    blocks.append(journal, 60, BODY, written);
                    written += 60;
                    if (i % 10 == 0) {
                        assertEquals(written, journal.force());
                    }
                }
            }
            JournalScan scan = JournalFiles.scan(directory);
            assertEquals(written, scan.lastSequence());
            assertEquals(written, scan.records());
            assertEquals(epoch, scan.epochs().size());
            assertEquals(TestBlocks.START_NS + written / 2, scan.lastTimeNs());
            assertEquals(scan.epochs().get(epoch - 1).lastHash(), scan.lastHash());
            assertEquals(0, scan.tail().tornBytes());
            assertTrue(scan.segments() >= 3 * epoch, scan::toString);
        }
        assertEquals(written, readAll(1));
        for (long from = 2; from <= written; from += 1777) {
            assertEquals(written, readAll(from));
        }
        assertEquals(written, readAll(written + 1));
    }

    @Test
    void shouldRecoverFromASequenceWithTheSameEndAsFromTheFirst() throws IOException {
        for (int epoch = 1; epoch <= 2; epoch++) {
            try (ChronicleJournal journal = open()) {
                for (int i = 0; i < 250; i++) {
                    blocks.append(journal, 60, BODY, 0);
                }
            }
        }
        JournalScan whole = JournalFiles.scan(directory);
        assertEquals(30_000, whole.lastSequence());
        for (long from = 1; from <= 30_001; from += 1500) {
            long[] next = {from};
            JournalScan part = new JournalRecovery(directory).run(from, 30_000,
                (buffer, offset, length) -> {
                    assertEquals(next[0]++, buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                        ByteOrder.LITTLE_ENDIAN));
                    return true;
                });
            assertEquals(30_001, next[0]);
            assertEquals(whole.lastHash(), part.lastHash());
            assertEquals(whole.lastTimeNs(), part.lastTimeNs());
            assertEquals(whole.nextSegment(), part.nextSegment());
            assertTrue(part.firstSequence() <= from);
            assertTrue(part.blocks() <= whole.blocks());
        }
        assertEquals(30_000, readAll(29_999));
        assertThrows(JournalCorruptException.class,
            () -> new JournalRecovery(directory).run(1, 30_001, (b, o, l) -> true));
    }

    @Test
    void shouldCarryOnOverEpochsWithoutBlocks() throws IOException {
        for (int epoch = 1; epoch <= 6; epoch++) {
            try (ChronicleJournal journal = open()) {
                assertEquals(epoch, journal.epoch());
                if (epoch % 3 == 0) {
                    blocks.append(journal, 10, BODY, 0);
                }
                assertEquals(epoch / 3 * 10, journal.force());
            }
            assertEquals(epoch / 3 * 10, JournalFiles.scan(directory).lastSequence());
        }
        assertEquals(20, readAll(1));
    }

    @Test
    void shouldRefuseAReportThatIsOutOfDate() throws IOException {
        JournalScan stale = JournalFiles.scan(directory);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 10, BODY, 0);
        }
        assertThrows(IOException.class, () -> ChronicleJournal.open(
            new JournalConfig(directory, SEGMENT, 0), stale));
        assertEquals(10, readAll(1));
    }

    @Test
    void shouldNotTouchFilesOfOlderEpochsWhenOpenedAgain() throws IOException {
        try (ChronicleJournal journal = open()) {
            for (int i = 0; i < 200; i++) {
                blocks.append(journal, 60, BODY, 0);
            }
        }
        Map<Path, byte[]> before = new HashMap<>();
        for (Path file : Segments.list(directory).values()) {
            before.put(file, Files.readAllBytes(file));
        }
        assertTrue(before.size() > 1);
        try (ChronicleJournal journal = open()) {
            for (int i = 0; i < 200; i++) {
                blocks.append(journal, 60, BODY, 0);
            }
        }
        for (Map.Entry<Path, byte[]> entry : before.entrySet()) {
            assertArrayEquals(entry.getValue(), Files.readAllBytes(entry.getKey()));
        }
    }

    @Test
    void shouldNotMatterWhenChroniclesTableIsDamagedOrMissing() throws IOException {
        Path table = directory.resolve("metadata.cq4t");
        for (int round = 0; round < 4; round++) {
            try (ChronicleJournal journal = open()) {
                blocks.append(journal, 10, BODY, 0);
                assertEquals(10L * (round + 1), journal.force());
            }
            if (round == 0) {
                Files.delete(table);
            } else if (round == 1) {
                Files.write(table, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
            } else {
                Files.write(table, new byte[0]);
            }
        }
        assertEquals(40, readAll(1));
    }

    @Test
    void shouldStopAndGoOnWhereTheHandlerSaysSo() throws IOException {
        try (ChronicleJournal journal = open()) {
            for (int i = 0; i < 20; i++) {
                blocks.append(journal, 10, BODY, 0);
            }
        }
        try (JournalReader reader = JournalFiles.openVerifyingReader(directory)) {
            long[] last = {0};
            while (last[0] < 200) {
                long stop = last[0] + 7;
                assertEquals(Math.min(200, stop), reader.read(last[0] + 1,
                    (buffer, offset, length) -> {
                        long sequence = buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                            ByteOrder.LITTLE_ENDIAN);
                        assertEquals(last[0] + 1, sequence);
                        last[0] = sequence;
                        return sequence < stop;
                    }));
            }
        }
    }

    @Test
    void shouldRefuseBlocksThatDoNotFollow() throws IOException {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 10, BODY, 0);
            int bytes = blocks.fill(12, 1, BODY);
            assertThrows(IllegalArgumentException.class,
                () -> journal.append(blocks.buffer(), 0, bytes, 12, 12, 0));
            assertThrows(IllegalArgumentException.class,
                () -> journal.append(blocks.buffer(), 0, bytes, 11, 11, 11));
            assertThrows(IllegalArgumentException.class,
                () -> journal.append(blocks.buffer(), 0, journal.maxBlockBytes() + 1, 11, 11, 0));
        }
        assertEquals(10, readAll(1));
    }

    @Test
    void shouldTakeTheLongestRecordWhateverTheSizeOfSegments() throws IOException {
        final int body = LogRecord.MAX_BODY_BYTES - TestBlocks.bodyBytes(2, 0);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 1, BODY, 0);
            blocks.append(journal, 1, body, 1);
            blocks.append(journal, 1, BODY, 2);
            assertEquals(3, journal.force());
        }
        final JournalScan scan = JournalFiles.scan(directory);
        assertEquals(3, scan.lastSequence());
        assertEquals(3, scan.segments());
    }

    @Test
    void shouldTakeAFullBlockWhateverTheSizeOfSegments() {
        final int longest = LogRecord.aligned(LogRecord.HEADER_BYTES + LogRecord.MAX_BODY_BYTES);
        for (int mib = 1; mib <= 1_024; mib++) {
            final JournalConfig config = new JournalConfig(directory, (long) mib << 20, 0);
            assertTrue(config.maxBlockBytes() >= longest, mib + " MiB");
            assertTrue(config.fileBytes() >= ((long) mib << 20) + longest, mib + " MiB");
        }
    }
}
