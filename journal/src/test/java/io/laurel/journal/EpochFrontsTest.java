package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first records of each epoch, as they stand. */
class EpochFrontsTest {
    private static final int BODY = 20;

    @TempDir
    private Path scratch;
    private Path directory;
    private final TestBlocks blocks = new TestBlocks(1 << 20);

    /** Three epochs of a hundred records in blocks of ten, the last one left as by a kill. */
    @BeforeEach
    void write() throws IOException {
        final Path written = Files.createDirectories(scratch.resolve("written"));
        directory = Files.createDirectories(scratch.resolve("journal"));
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (ChronicleJournal journal = ChronicleJournal.open(
                new JournalConfig(written, 1 << 20, 0), JournalFiles.scan(written))) {
                for (int i = 0; i < 10; i++) {
                    blocks.append(journal, 10, BODY, 0);
                }
                journal.force();
                if (epoch == 3) {
                    for (Path file : Segments.list(written).values()) {
                        Files.copy(file, directory.resolve(file.getFileName()));
                    }
                    Files.copy(written.resolve("epochs"), directory.resolve("epochs"));
                }
            }
        }
    }

    private List<Long> fronts(long from, int most) throws IOException {
        List<Long> seen = new ArrayList<>();
        JournalFiles.readFronts(directory, from, most, (buffer, offset, length) -> {
            TestBlocks.check(buffer, offset, length, BODY);
            return seen.add(buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                ByteOrder.LITTLE_ENDIAN));
        });
        return seen;
    }

    @Test
    void shouldHandOverTheFirstRecordsOfEachEpoch() throws IOException {
        assertEquals(List.of(1L, 2L, 101L, 102L, 201L, 202L), fronts(1, 2));
        assertEquals(300, fronts(1, 1_000).size());
        assertEquals(List.of(103L, 201L, 202L, 203L), fronts(103, 3));
        assertEquals(List.of(201L, 202L), fronts(150, 2));
        assertEquals(List.of(), fronts(301, 64));
        final List<Long> one = new ArrayList<>();
        JournalFiles.readFronts(directory, 1, 64, (buffer, offset, length) -> {
            one.add(buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN));
            return false;
        });
        assertEquals(List.of(1L, 101L, 201L), one, "a stop ends the look at one epoch");
    }

    @Test
    void shouldPassOverWhatIsDamagedOrMissing() throws IOException {
        final List<Path> files = List.copyOf(Segments.list(directory).values());
        Files.delete(files.get(0));
        // the third block of the second epoch
        final byte[] bytes = Files.readAllBytes(files.get(1));
        int at = 0;
        for (int block = 0; block < 3; block++) {
            at = next(bytes, at + 1);
        }
        bytes[at + Envelope.HEADER_BYTES + LogRecord.HEADER_BYTES] ^= 1;
        Files.write(files.get(1), bytes);
        final List<Long> seen = fronts(1, 64);
        assertEquals(20 + 64, seen.size());
        assertEquals(120L, seen.get(19));
        assertEquals(201L, seen.get(20));
    }

    private static int next(byte[] bytes, int from) {
        int at = from;
        while (new UnsafeBuffer(bytes).getLong(at, ByteOrder.LITTLE_ENDIAN)
            != Envelope.MAGIC) {
            at++;
        }
        return at;
    }

    @Test
    void shouldSayThatTheListOfEpochsIsDamagedAndFindNothingWhereThereIsNoLog()
        throws IOException {
        final byte[] bytes = Files.readAllBytes(directory.resolve("epochs"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.resolve("epochs"), bytes);
        assertThrows(JournalCorruptException.class, () -> fronts(1, 2));
        directory = Files.createDirectories(scratch.resolve("empty"));
        assertEquals(List.of(), fronts(1, 64));
    }
}
