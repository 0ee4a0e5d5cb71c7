package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SegmentPreparerTest {
    private static final long FILE_BYTES = 272L << 20;
    private static final long PORTIONS = FILE_BYTES / (256 << 10);

    @Test
    void shouldBeReadyInHalfTheTimeInWhichAFileIsUsedUp() {
        final long usedUpNs = TimeUnit.SECONDS.toNanos(2);
        final long pauses = PORTIONS * SegmentPreparer.pauseNs(usedUpNs, FILE_BYTES);
        assertTrue(pauses <= usedUpNs / 2, () -> "pauses of " + pauses);
        assertTrue(pauses > usedUpNs / 3, () -> "pauses of " + pauses);
    }

    @Test
    void shouldNotTakeForEverWhereFilesLastLong() {
        assertEquals(SegmentPreparer.pauseNs(TimeUnit.HOURS.toNanos(1), FILE_BYTES),
            SegmentPreparer.pauseNs(TimeUnit.DAYS.toNanos(1), FILE_BYTES));
        assertTrue(PORTIONS * SegmentPreparer.pauseNs(TimeUnit.DAYS.toNanos(1), FILE_BYTES)
            < TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void shouldNotPauseWhereFilesDoNotLast() {
        assertEquals(0, SegmentPreparer.pauseNs(0, FILE_BYTES));
    }
}
