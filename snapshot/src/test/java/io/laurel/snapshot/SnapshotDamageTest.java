package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.StateImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The newest snapshot is cut or changed at a byte, at each of them in the long run: the one before
 * is opened, or none at all, and with what the log has behind it the state is the same.
 */
final class SnapshotDamageTest {
    private static final boolean ALL = Boolean.getBoolean("laurel.long");
    private static final long SEED = Long.getLong("laurel.seed", 42);
    private static final int MOST_BYTES = 64 << 10;
    private static final int AVERAGE_STEP = 60;
    private static final int ROUNDS = 60;

    @TempDir
    private Path path;
    private final Random random = new Random(SEED);
    private SnapshotLoader loader;
    private Snapshot older;
    private Snapshot newest;
    private byte[] good;
    private byte[] root;

    @BeforeEach
    void write() throws IOException {
        try (TestState state = new TestState().contest()) {
            older = write(state.playTo(ROUNDS / 3));
            newest = write(state.playTo(2 * ROUNDS / 3));
            root = state.playTo(ROUNDS).engine().stateRoot();
        }
        loader = new SnapshotLoader(SnapshotDirectory.open(path));
        good = Files.readAllBytes(newest.file());
        assertTrue(good.length <= MOST_BYTES, good.length + " bytes");
    }

    private Snapshot write(TestState state) throws IOException {
        final Path file =
            path.resolve(String.format("%020d.snap", state.engine().sequence()));
        try (StateImage image = state.image()) {
            return new SnapshotFileWriter().write(file, image, older, TestState.NO_PACE);
        }
    }

    @AfterEach
    void leaveItWhole() throws IOException {
        Files.write(newest.file(), good);
        assertLeadsToTheRoot(newest, "untouched");
    }

    private int step() {
        return ALL ? 1 : 1 + random.nextInt(2 * AVERAGE_STEP - 1);
    }

    private void assertLeadsToTheRoot(Snapshot expected, String what) throws IOException {
        final SnapshotLoader.Loaded loaded = loader.load(Long.MAX_VALUE, 0);
        assertNotNull(loaded, what);
        assertEquals(expected.sequence(), loaded.snapshot().sequence(), what);
        try (TestState state = new TestState(loaded.engine())) {
            assertArrayEquals(root, state.playTo(ROUNDS).engine().stateRoot(), what);
        }
    }

    @Test
    void shouldOpenTheOneBeforeWhenTheNewestIsCut() throws IOException {
        for (int length = 0; length < good.length; length += step()) {
            Files.write(newest.file(), Arrays.copyOf(good, length));
            assertLeadsToTheRoot(older, "seed " + SEED + ", cut at " + length);
        }
    }

    @Test
    void shouldOpenTheOneBeforeWhenABitOfTheNewestIsFlipped() throws IOException {
        for (long bit = 0; bit < good.length * 8L; bit += step() * (ALL ? 1 : 8)) {
            final byte[] flipped = good.clone();
            flipped[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
            Files.write(newest.file(), flipped);
            assertLeadsToTheRoot(older, "seed " + SEED + ", bit " + bit);
        }
    }

    @Test
    void shouldOpenNoneWhenAllAreDamaged() throws IOException {
        final byte[] whole = Files.readAllBytes(older.file());
        for (int at = 0; at < good.length; at += step()) {
            final byte[] flipped = good.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(newest.file(), flipped);
            Files.write(older.file(), Arrays.copyOf(whole, Math.min(at, whole.length - 1)));
            assertNull(loader.load(Long.MAX_VALUE, 0), "seed " + SEED + ", byte " + at);
        }
        Files.write(older.file(), whole);
    }
}
