package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.ExcerptContext;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log stays a queue that Chronicle reads by itself, whoever has laid its excerpts. */
class ChronicleFilesTest {
    private static final int BODY = 20;
    private static final int BLOCKS = 3 * SegmentQueue.MARKED_EVERY;
    private static final int LARGE_BLOCKS = 40;
    private static final int LARGE_RECORDS = 1_000;

    @TempDir
    private Path directory;
    private final TestBlocks blocks = new TestBlocks(2 << 20);

    @Test
    void shouldBeReadByChronicleOverManySmallBlocksAndSegments() throws IOException {
        long written = 0;
        try (ChronicleJournal journal = open(1 << 20)) {
            for (int i = 0; i < BLOCKS; i++) {
                blocks.append(journal, 1, BODY, 0);
                written++;
            }
            journal.force();
        }
        assertTrue(JournalFiles.scan(directory).segments() > 1);
        assertEquals(written, readByChronicle(BLOCKS));
    }

    @Test
    void shouldBeReadByChronicleOverMoreThanOneOfItsMappings() throws IOException {
        long written = 0;
        // a mapping has 5 MiB here
        try (ChronicleJournal journal = open(12 << 20)) {
            while (written < 3L * LARGE_BLOCKS * LARGE_RECORDS) {
                blocks.append(journal, LARGE_RECORDS, BODY, 0);
                written += LARGE_RECORDS;
            }
            journal.force();
        }
        assertEquals(written, readByChronicle(3 * LARGE_BLOCKS));
    }

    @Test
    void shouldNameOneOfTheLastExcerptsAtTheFrontOfEachFile() throws IOException {
        try (ChronicleJournal journal = open(1 << 20)) {
            // the last file, too, holds more than may lie behind the excerpt that it names
            for (int left = SegmentQueue.MARKED_EVERY + 2; left > 0;) {
                blocks.append(journal, 1, BODY, 0);
                left -= Segments.list(directory).size() > 1 ? 1 : 0;
            }
            final long last = Segments.list(directory).lastKey();
            try (SingleChronicleQueue queue = chronicle();
                ExcerptTailer tailer = queue.createTailer()) {
                for (long segment = Segments.FIRST; segment <= last; segment++) {
                    assertNames(queue, tailer, (int) segment,
                        segment < last ? 1 : SegmentQueue.MARKED_EVERY);
                }
            }
        }
    }

    /** Checks how many excerpts lie behind the one that is named, and which number it bears. */
    private void assertNames(SingleChronicleQueue queue, ExcerptTailer tailer, int segment,
        long mostBehind) throws IOException {
        final SingleChronicleQueueStore front = queue.storeForCycle(segment, 0, false, null);
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(front.file().toPath(), 0);
            long before = -1;
            long behind = 0;
            while (scanner.find() == RawScanner.Found.BLOCK) {
                if (scanner.position() <= front.writePosition()) {
                    before++;
                } else {
                    behind++;
                }
                scanner.skip();
            }
            assertTrue(behind <= mostBehind, "behind the one named: " + behind);
            tailer.moveToIndex(queue.rollCycle().toIndex(segment, 0));
            // by the number at the front and the headers behind it
            assertEquals(before + behind, front.lastSequenceNumber((ExcerptContext) tailer));
        } finally {
            queue.closeStore(front);
        }
    }

    private SingleChronicleQueue chronicle() {
        return SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_HOURLY).build();
    }

    private ChronicleJournal open(long segmentBytes) throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, segmentBytes, 0),
            JournalFiles.scan(directory));
    }

    /** Returns the last sequence that a tailer finds, which must follow one another. */
    private long readByChronicle(int expectedBlocks) {
        long last = 0;
        int count = 0;
        final ByteBuffer bytes = ByteBuffer.allocateDirect(2 << 20);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        try (SingleChronicleQueue queue = chronicle();
            ExcerptTailer tailer = queue.createTailer().toStart()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        break;
                    }
                    bytes.clear();
                    context.wire().bytes().read(bytes);
                    assertEquals(last + 1, Envelope.firstSequence(buffer, 0));
                    last = Envelope.lastSequence(buffer, 0);
                    count++;
                }
            }
        }
        assertEquals(expectedBlocks, count);
        return last;
    }
}
