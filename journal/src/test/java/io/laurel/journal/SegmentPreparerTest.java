package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPreparerTest {
    private static final long FILE_BYTES = 272L << 20;
    private static final long STEP_BYTES = 64 << 10;

    @Test
    void shouldBeReadyWhenTheCurrentFileIsHalfFull() {
        long written = 0;
        long filled = 0;
        // where it does not rest, it writes twice as fast as the log fills its file
        while (written < FILE_BYTES) {
            filled += STEP_BYTES;
            if (SegmentPreparer.pace(written, filled) != SegmentPreparer.Pace.EASY) {
                written += 2 * STEP_BYTES;
            }
        }
        assertTrue(filled <= FILE_BYTES / 2 + STEP_BYTES, "ready only at " + filled);
    }

    @Test
    void shouldTellWhoeverWaitsWhenThereIsNobodyToPrepare(@TempDir Path directory)
        throws Exception {
        final LongSupplier dies = () -> {
            if (Thread.currentThread().getName().equals("journal-zeros")) {
                throw new OutOfMemoryError("made up");
            }
            return Long.MAX_VALUE;
        };
        try (SegmentPreparer preparer =
            new SegmentPreparer(JournalConfig.defaults(directory), dies)) {
            preparer.start();
            final IOException told = assertThrows(IOException.class,
                () -> preparer.take(directory.resolve("first")));
            assertEquals("made up", told.getCause().getMessage());
        }
    }

    @Test
    void shouldHurryWhereTheCurrentFileFillsUpSooner() {
        assertEquals(SegmentPreparer.Pace.EASY, SegmentPreparer.pace(0, 0));
        assertEquals(SegmentPreparer.Pace.EASY, SegmentPreparer.pace(200, 100));
        assertEquals(SegmentPreparer.Pace.BRISK, SegmentPreparer.pace(199, 100));
        assertEquals(SegmentPreparer.Pace.BRISK, SegmentPreparer.pace(150, 100));
        assertEquals(SegmentPreparer.Pace.HURRIED, SegmentPreparer.pace(149, 100));
    }
}
