package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotInputTest {
    private static final int PART_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1,
        3 * PART_BYTES + 5})
    void shouldReadWhatIsInTheFileAndThenItsEnd(int bytes) throws IOException {
        final byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        final Path file = Files.write(directory.resolve("file"), content);
        try (InputStream in = new SnapshotInput(file)) {
            assertArrayEquals(content, in.readAllBytes());
            assertEquals(-1, in.read());
            assertEquals(-1, in.read(new byte[1], 0, 1));
        }
    }

    @Test
    void shouldReadByteByByteOverTheBoundsOfParts() throws IOException {
        final byte[] content = new byte[PART_BYTES + 2];
        new Random(1).nextBytes(content);
        final Path file = Files.write(directory.resolve("file"), content);
        try (InputStream in = new SnapshotInput(file)) {
            in.skipNBytes(PART_BYTES - 1);
            for (int at = PART_BYTES - 1; at < content.length; at++) {
                assertEquals(content[at] & 0xFF, in.read(), "at " + at);
            }
            assertEquals(-1, in.read());
        }
    }

    @Test
    void shouldPassTheCacheOnlyInWholeBlocks() {
        assertTrue(PastCache.fits(512));
        assertTrue(PastCache.fits(4_096));
        assertFalse(PastCache.fits(3_000));
        assertFalse(PastCache.fits(1 << 20));
        assertFalse(PastCache.fits(0));
    }

    @Test
    void shouldTellThatThereIsNoFile() {
        assertThrows(NoSuchFileException.class,
            () -> new SnapshotInput(directory.resolve("none")).close());
    }
}
