package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.LogRecord;
import io.laurel.journal.DamagedJournal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    private static final int BODY = 20;

    @TempDir
    private Path scratch;
    private final TestBlocks blocks = new TestBlocks(1 << 20);

    private static JournalConfig config(Path directory) {
        return new JournalConfig(directory, 1 << 20, 0);
    }

    private static ChronicleJournal open(Path directory) throws IOException {
        return ChronicleJournal.open(config(directory), JournalFiles.scan(directory));
    }

    private static void flip(Path file, long position) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[(int) position] ^= 1;
        Files.write(file, content);
    }

    @Test
    void shouldGoOnInANewEpochWhenATailAboveTheMarkIsTorn() throws IOException {
        DamagedJournal journal = DamagedJournal.write(scratch, 20);
        Place torn = journal.places().get(18);
        flip(journal.file(), torn.start() + 50);
        JournalScan scan = journal.scan();
        long last = torn.firstSequence() - 1;
        assertEquals(last, scan.lastSequence());
        assertEquals(1, scan.tail().tornBlocks());
        assertEquals(journal.last().end() - torn.start(), scan.tail().tornBytes());
        assertTrue(scan.tail().reason().contains("CRC"), scan::toString);

        byte[] old = Files.readAllBytes(journal.file());
        try (ChronicleJournal next = ChronicleJournal.open(config(journal.directory()), scan)) {
            assertEquals(2, next.epoch());
            assertEquals(last, next.lastAppendedSequence());
            blocks.append(next, 7, BODY, last);
            assertEquals(last + 7, next.force());
        }
        JournalScan after = journal.scan();
        assertEquals(last + 7, after.lastSequence());
        assertEquals(2, after.epochs().size());
        assertEquals(scan.tail().tornBytes(), after.epochs().get(0).tornBytes());
        byte[] kept = Files.readAllBytes(journal.file());
        assertEquals(-1, Arrays.mismatch(kept,
            Arrays.copyOf(old, kept.length)));
        assertTrue(kept.length > journal.last().end() - 8, "the torn bytes stay as evidence");

        // what was cut may rot, what was kept may not
        flip(journal.file(), torn.start() + 60);
        assertEquals(last + 7, journal.scan().lastSequence());
        flip(journal.file(), journal.places().get(17).start() + 60);
        JournalCorruptException refused = assertThrows(JournalCorruptException.class,
            () -> JournalFiles.scan(journal.directory()));
        assertEquals(journal.places().get(17).start(), refused.position());
    }

    /** Somebody edits a record and repairs every CRC: the chain of hashes still tells. */
    @Test
    void shouldRefuseABlockThatWasEditedAndSealedAgain() throws IOException {
        DamagedJournal journal = DamagedJournal.write(scratch, 20);
        for (int edited : new int[] {0, 7, 18}) {
            Place place = journal.places().get(edited);
            byte[] content = journal.content().clone();
            ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            int record = place.start() + 4 + Envelope.HEADER_BYTES;
            content[record + LogRecord.HEADER_BYTES] ^= 1;
            CRC32C crc = new CRC32C();
            crc.update(content, record + LogRecord.SEQUENCE_OFFSET,
                bytes.getInt(record) - LogRecord.SEQUENCE_OFFSET);
            bytes.putInt(record + LogRecord.CRC_OFFSET, (int) crc.getValue());
            UnsafeBuffer block = new UnsafeBuffer(content, place.start() + 4,
                place.end() - place.start() - 4);
            Envelope.seal(block, 0, ByteBuffer.wrap(content, place.start() + 4,
                block.capacity()).slice(), block.capacity());
            Files.write(journal.file(), content);
            journal.expectEndBefore(edited + 1, each -> true, "edited " + edited);
        }
    }

    @Test
    void shouldTellABlockOfANewerProgramFromADamagedOne() throws IOException {
        DamagedJournal journal = DamagedJournal.write(scratch, 20);
        Place last = journal.last();
        byte[] content = journal.content().clone();
        content[last.start() + 4 + Envelope.VERSION_OFFSET] = 2;
        Files.write(journal.file(), content);
        assertEquals(last.firstSequence() - 1, journal.scan().lastSequence(), "torn");
        UnsafeBuffer block = new UnsafeBuffer(content, last.start() + 4,
            last.end() - last.start() - 4);
        Envelope.seal(block, 0, ByteBuffer.wrap(content, last.start() + 4,
            block.capacity()).slice(), block.capacity());
        Files.write(journal.file(), content);
        assertThrows(NewerDataException.class, () -> JournalFiles.scan(journal.directory()));

        journal.restore();
        Path epochs = journal.directory().resolve("epochs");
        String text = "laurel epochs 2\nwhatever comes\n";
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(epochs, text + String.format("crc32c %08x\n", crc.getValue()));
        assertThrows(NewerDataException.class, () -> JournalFiles.scan(journal.directory()));
    }

    @Test
    void shouldRefuseATornTailThatTheCallerKnowsToBeDurable() throws IOException {
        DamagedJournal journal = DamagedJournal.write(scratch, 20);
        flip(journal.file(), journal.last().start() + 50);
        long last = journal.last().firstSequence() - 1;
        JournalRecovery recovery = new JournalRecovery(journal.directory());
        assertEquals(last, recovery.run(1, last, (b, o, l) -> true).lastSequence());
        assertThrows(JournalCorruptException.class,
            () -> recovery.run(1, last + 1, (b, o, l) -> true));
    }

    @Test
    void shouldRefuseWhenASegmentIsMissing() throws IOException {
        Path directory = scratch.resolve("journal");
        Files.createDirectories(directory);
        for (int epoch = 0; epoch < 2; epoch++) {
            try (ChronicleJournal journal = open(directory)) {
                for (int i = 0; i < 300; i++) {
                    blocks.append(journal, 130, BODY, 0);
                }
            }
        }
        for (Path file : Segments.list(directory).values()) {
            Path away = scratch.resolve("away");
            Files.move(file, away);
            assertThrows(JournalCorruptException.class, () -> JournalFiles.scan(directory),
                file.toString());
            Files.move(away, file);
        }
        Path epochs = directory.resolve("epochs");
        byte[] content = Files.readAllBytes(epochs);
        Files.delete(epochs);
        assertThrows(JournalCorruptException.class, () -> JournalFiles.scan(directory));
        for (int i = 0; i < content.length; i++) {
            byte[] damaged = content.clone();
            damaged[i] ^= 4;
            Files.write(epochs, damaged);
            assertThrows(JournalCorruptException.class, () -> JournalFiles.scan(directory));
        }
        Files.write(epochs, content);
        assertEquals(2 * 300 * 130, JournalFiles.scan(directory).lastSequence());
        Files.write(directory.resolve("notes.cq4"), content);
        assertThrows(JournalCorruptException.class, () -> JournalFiles.scan(directory));
    }

    /** A power cut leaves each page as it was at the last force or as it was written since. */
    @Test
    void shouldKeepAllThatWasForcedWhenPagesSurviveAtRandom() throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("journal"));
        Path cut = Files.createDirectories(scratch.resolve("cut"));
        new EpochsFile(null, List.of(), new TreeMap<>()).write(cut);
        Path file = Segments.file(directory, Segments.FIRST);
        int mixes = DamagedJournal.exhaustive() ? 1000 : 15;
        try (ChronicleJournal journal = open(directory)) {
            long forced = 0;
            for (int round = 0; round < 25; round++) {
                Random random = new Random(round);
                byte[] before = Files.readAllBytes(file);
                for (int i = 0; i < 12; i++) {
                    blocks.append(journal, 1 + random.nextInt(30), BODY, forced);
                }
                byte[] after = Files.readAllBytes(file);
                for (int i = 0; i < mixes; i++) {
                    Files.write(Segments.file(cut, Segments.FIRST), mix(before, after, random));
                    long recovered = JournalFiles.scan(cut).lastSequence();
                    assertTrue(recovered >= forced, "seed " + round + ", mix " + i);
                    assertTrue(recovered <= journal.lastAppendedSequence());
                }
                forced = journal.force();
            }
            assertTrue(forced > 25 * 12);
        }
    }

    private static byte[] mix(byte[] before, byte[] after, Random random) {
        byte[] mixed = before.clone();
        for (int page = 0; page < mixed.length; page += 4096) {
            if (random.nextBoolean()) {
                System.arraycopy(after, page, mixed, page, Math.min(4096, mixed.length - page));
            }
        }
        return mixed;
    }
}
