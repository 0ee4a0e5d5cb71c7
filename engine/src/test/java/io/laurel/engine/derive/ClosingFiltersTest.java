package io.laurel.engine.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of the log never leaves out a part that must be read. */
final class ClosingFiltersTest {
    private static final int PART = 1_000;
    private static final int RECORDS = 4_500;

    private final ClosingFilters filters = new ClosingFilters(PART, 1L << 20);
    private final Random random = new Random(1);
    private final long[] hashes = random.longs(RECORDS + 1).toArray();

    private void read(ClosingFilters.Gathering into, long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            into.onClosing(hashes[(int) sequence]);
            into.onRead(sequence);
        }
    }

    @Test
    void shouldKnowAllThatWasReadAndLittleElse() {
        read(filters.tail(1), 1, RECORDS);
        assertEquals(RECORDS, filters.tailSequence());
        int wrong = 0;
        for (int sequence = 1; sequence <= RECORDS; sequence++) {
            final long part = filters.partOf(sequence);
            assertTrue(filters.mayHold(part, hashes[sequence]), "sequence " + sequence);
            wrong += filters.mayHold(0, random.nextLong()) ? 1 : 0;
        }
        assertTrue(wrong < RECORDS * 3 / 100, wrong + " are found that are not there");
        assertFalse(filters.mayHold(4, random.nextLong()), "the part at the end is known exactly");
    }

    @Test
    void shouldNotTrustWhatWasReadInPart() {
        read(filters.tail(501), 501, 2_500);
        assertTrue(filters.mayHold(0, 0));
        assertFalse(filters.mayHold(1, 0));
        assertFalse(filters.mayHold(2, 0));
        assertTrue(filters.mayHold(3, 0));
        read(filters.at(11), 11, 1_000);
        assertTrue(filters.mayHold(0, 0), "its beginning was not read");
        read(filters.at(1), 1, 1_000);
        assertFalse(filters.mayHold(0, 0));
        assertEquals(2_500, filters.tailSequence());
    }

    @Test
    void shouldBeginAnewWhereTheLogBeginsBehindWhatWasRead() {
        read(filters.tail(1), 1, 1_500);
        read(filters.tail(1_800), 1_800, 2_000);
        assertTrue(filters.mayHold(1, 0));
        assertFalse(filters.mayHold(0, 0));
    }

    @Test
    void shouldReadWhatThereIsNoRoomToRemember() {
        final ClosingFilters small = new ClosingFilters(PART, 2 * PART * 10 / 8);
        read(small.tail(1), 1, RECORDS);
        assertFalse(small.mayHold(0, 0));
        assertTrue(small.mayHold(3, 0));
    }
}
