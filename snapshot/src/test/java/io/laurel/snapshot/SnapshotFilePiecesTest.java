package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bytes, whether the system's cache is passed or not. */
final class SnapshotFilePiecesTest {
    private static final int MOST_PIECE = 70_000;

    @TempDir
    private Path path;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 262_144, 262_145, 3_000_001})
    void shouldHoldWhatWasPutToTheByte(int length) throws IOException {
        final byte[] all = new byte[length];
        final Random random = new Random(length);
        random.nextBytes(all);
        for (final boolean pastTheCache : new boolean[] {true, false}) {
            final Path file = path.resolve("file" + pastTheCache);
            // what was there before is gone
            Files.write(file, new byte[length + 10_000]);
            try (SnapshotFile out = new SnapshotFile(file, pastTheCache)) {
                int at = 0;
                while (at < length) {
                    final int some = Math.min(length - at, 1 + random.nextInt(MOST_PIECE));
                    out.put(Arrays.copyOfRange(all, at, at + some), some);
                    at += some;
                }
                assertEquals(length, out.finish());
            }
            assertArrayEquals(all, Files.readAllBytes(file));
        }
    }
}
