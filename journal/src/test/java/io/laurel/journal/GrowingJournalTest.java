package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that follow a log while it is written, over segments and over an epoch's end. */
class GrowingJournalTest {
    private static final int BODY = 50;
    private static final long TARGET = 60_000;

    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatIsCompleteWhileTheLogGrows() throws Exception {
        follow(JournalFiles.openReader(directory));
    }

    @Test
    void shouldNotTakeAGrowingLogForADamagedOne() throws Exception {
        follow(JournalFiles.openVerifyingReader(directory));
    }

    private void follow(JournalReader opened) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                writeEpochs();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        });
        writer.start();
        long deadline = System.nanoTime() + 60_000_000_000L;
        long[] last = {0};
        try (JournalReader reader = opened) {
            while (last[0] < TARGET) {
                assertNull(failure.get());
                assertTrue(System.nanoTime() < deadline, "stuck behind " + last[0]);
                long result = reader.read(last[0] + 1, (buffer, offset, length) -> {
                    assertEquals(last[0] + 1, buffer.getLong(offset
                        + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN));
                    TestBlocks.check(buffer, offset, length, BODY);
                    last[0]++;
                    return true;
                });
                assertEquals(last[0], result);
            }
        } finally {
            writer.join(60_000);
        }
        assertNull(failure.get());
    }

    private void writeEpochs() throws IOException {
        TestBlocks blocks = new TestBlocks(1 << 20);
        Random random = new Random(3);
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (ChronicleJournal journal = ChronicleJournal.open(
                new JournalConfig(directory, 1 << 20, 0), JournalFiles.scan(directory))) {
                long forced = journal.lastAppendedSequence();
                while (journal.lastAppendedSequence() < TARGET * epoch / 3) {
                    int count = (int) Math.min(1 + random.nextInt(40),
                        TARGET * epoch / 3 - journal.lastAppendedSequence());
                    blocks.append(journal, count, BODY, forced);
                    if (random.nextInt(50) == 0) {
                        forced = journal.force();
                    }
                }
            }
        }
    }
}
