package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.DamagedJournal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of damage to the last 64 KiB: cut or refused at the right place, never believed. With
 * {@code -Dlaurel.long=true} at every byte; of the bits, {@code -Dlaurel.from=N -Dlaurel.runs=M}
 * flips those of M KiB from the N-th on.
 */
class DamagePropertyTest {
    private static final int RANGE = 64 << 10;
    private static final int KIB = 1 << 10;
    private static final int FIRST = KIB * Integer.getInteger("laurel.from", 0);
    private static final int FLIPPED = KIB * Integer.getInteger("laurel.runs", RANGE / KIB);
    private static final int BLOCKS = 90;
    private static final int PAGE = 4096;
    private static final long SEED = 42;

    @TempDir
    private Path scratch;
    private DamagedJournal journal;
    private final Random random = new Random(SEED);

    @BeforeEach
    void write() throws IOException {
        journal = DamagedJournal.write(scratch, BLOCKS);
        assertTrue(journal.last().end() - journal.places().get(0).start() > RANGE);
    }

    private FileChannel openFile() throws IOException {
        return FileChannel.open(journal.file(), StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    }

    private static void put(FileChannel channel, int position, byte[] bytes, int from, int to)
        throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes, from, to - from);
        int at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    @Test
    void shouldCutAtTheLastWholeBlockWhenTruncated() throws IOException {
        int end = journal.last().end();
        try (FileChannel channel = openFile()) {
            for (int size = end - 1; size >= end - RANGE;
                size -= DamagedJournal.step(random, 40)) {
                channel.truncate(size);
                int cut = size;
                journal.expectEndBefore(journal.blockAt(size, end),
                    place -> place.end() <= cut, "truncated to " + size);
            }
        }
    }

    /** The zeros behind the end are durable before anything else: no crash takes them away. */
    @Test
    void shouldRefuseWhenASegmentInUseIsTruncatedOrMissing() throws IOException {
        int length = journal.content().length;
        journal.know(length);
        assertEquals(journal.last().lastSequence(), journal.scan().lastSequence());
        try (FileChannel channel = openFile()) {
            for (int size = length - 1; size >= length - RANGE;
                size -= DamagedJournal.step(random, 80)) {
                channel.truncate(size);
                int block = journal.blockAt(size, length);
                expectRefused(block == BLOCKS ? journal.last().end()
                    : journal.places().get(block).start(), "truncated to " + size);
            }
        }
        Files.delete(journal.file());
        expectRefused(0, "missing");
    }

    private void expectRefused(long position, String what) throws IOException {
        JournalCorruptException refused = assertThrows(JournalCorruptException.class,
            () -> JournalFiles.scan(journal.directory()), what);
        assertEquals(position, refused.position(), what);
        assertEquals(journal.file().toString(), refused.file(), what);
        assertEquals(journal.places().stream().filter(place -> place.end() <= position)
            .mapToLong(Place::lastSequence).max().orElse(0), refused.sequence(), what);
        // from far behind the damage too
        JournalRecovery recovery = new JournalRecovery(journal.directory());
        assertThrows(JournalCorruptException.class,
            () -> recovery.run(journal.last().lastSequence(), 0, (b, o, l) -> true), what);
    }

    @Test
    void shouldRefuseWhenTruncatedAfterACleanStop() throws IOException {
        Path clean = scratch.resolve("original");
        Path file = Segments.file(clean, Segments.FIRST);
        assertEquals(journal.last().lastSequence(), JournalFiles.scan(clean).lastSequence());
        int end = journal.last().end();
        assertEquals(end, Files.size(file));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int size = end - 1; size >= end - RANGE;
                size -= DamagedJournal.step(random, 80)) {
                channel.truncate(size);
                Place first = journal.places().get(journal.blockAt(size, end));
                JournalCorruptException refused = assertThrows(JournalCorruptException.class,
                    () -> JournalFiles.scan(clean), "truncated to " + size);
                assertEquals(first.firstSequence() - 1, refused.sequence());
                assertEquals(first.start(), refused.position());
            }
        }
    }

    @Test
    void shouldCutOrRefuseWhenABitIsFlipped() throws IOException {
        int begin = journal.last().end() - RANGE + FIRST;
        byte[] one = new byte[1];
        try (FileChannel channel = openFile()) {
            for (long bit = begin * 8L; bit < (begin + (long) FLIPPED) * 8;
                bit += DamagedJournal.step(random, 300)) {
                int at = (int) (bit / 8);
                one[0] = (byte) (journal.content()[at] ^ 1 << bit % 8);
                put(channel, at, one, 0, 1);
                journal.expectEndBefore(journal.blockAt(at, at + 1),
                    place -> !place.touches(at, at + 1), "bit " + bit % 8 + " of byte " + at);
                put(channel, at, journal.content(), at, at + 1);
            }
        }
        assertEquals(journal.last().lastSequence(), journal.scan().lastSequence());
    }

    @Test
    void shouldCutOrRefuseWhenAPageIsZero() throws IOException {
        int end = journal.last().end();
        try (FileChannel channel = openFile()) {
            for (int page = (end - RANGE) / PAGE; page <= (end - 1) / PAGE; page++) {
                int from = page * PAGE;
                put(channel, from, new byte[PAGE], 0, PAGE);
                journal.expectEndBefore(journal.blockAt(from, from + PAGE),
                    place -> !place.touches(from, from + PAGE), "page " + page);
                put(channel, from, journal.content(), from, from + PAGE);
            }
        }
    }

    @Test
    void shouldCutOrRefuseWhenBlocksAreSwappedRepeatedOrDropped() throws IOException {
        List<Place> places = journal.places();
        int end = journal.last().end();
        byte[] content = journal.content();
        try (FileChannel channel = openFile()) {
            for (int i = BLOCKS / 2; i < BLOCKS - 1; i++) {
                Place one = places.get(i);
                Place two = places.get(i + 1);
                assertEquals(one.end() - one.start(), two.end() - two.start());
                put(channel, one.start(), content, two.start(), two.end());
                put(channel, two.start(), content, one.start(), one.end());
                journal.expectEndBefore(i, place -> true, "swapped " + i);
                put(channel, one.start(), content, one.start(), one.end());
                journal.expectEndBefore(i + 1, place -> !place.equals(two), "repeated " + i);
                put(channel, one.start(), content, two.start(), end);
                put(channel, end - (one.end() - one.start()),
                    new byte[one.end() - one.start()], 0, one.end() - one.start());
                journal.expectEndBefore(i, place -> !place.equals(one), "dropped " + i);
                put(channel, one.start(), content, one.start(), end);
            }
        }
    }

    @Test
    void shouldNeverBelieveRandomDamageOfManyBytes() throws IOException {
        int rounds = DamagedJournal.exhaustive() ? 100_000 : 300;
        for (int round = 0; round < rounds; round++) {
            long seed = SEED + round;
            Random each = new Random(seed);
            byte[] damaged = journal.content().clone();
            int length = 1 + each.nextInt(3000);
            int from = journal.last().end() - 1 - each.nextInt(RANGE - length);
            byte[] noise = new byte[Math.min(length, journal.last().end() - from)];
            each.nextBytes(noise);
            noise[0] = (byte) (damaged[from] ^ 1 + each.nextInt(255));
            System.arraycopy(noise, 0, damaged, from, noise.length);
            Files.write(journal.file(), damaged);
            int to = from + noise.length;
            journal.expectEndBefore(journal.blockAt(from, to),
                place -> !differs(damaged, place), "seed " + seed);
        }
    }

    private boolean differs(byte[] damaged, Place place) {
        return !Arrays.equals(damaged, place.start() + 4, place.end(), journal.content(),
            place.start() + 4, place.end());
    }
}
