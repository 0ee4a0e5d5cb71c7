package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentInputTest {
    @TempDir
    private Path directory;

    @Test
    void shouldNameTheFileWhenTheDeviceFails() throws IOException {
        try (SegmentInput input = new SegmentInput()) {
            // a directory opens like a file, and then every read of it fails
            input.open(directory);
            final IOException failure =
                assertThrows(IOException.class, () -> input.load(0, Long.BYTES));
            assertTrue(failure.getMessage().startsWith(
                directory + " at offset 0 cannot be read: "), failure.getMessage());
        }
    }
}
