package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.laurel.engine.Engine;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.state.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file: what was written comes back, and nothing else does. */
final class SnapshotFileTest {
    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("00000000000000000042.snap");
    }

    private Snapshot write(TestState state) throws IOException {
        try (StateImage image = state.image()) {
            return new SnapshotFileWriter().write(file, image, null, TestState.NO_PACE);
        }
    }

    @Test
    void shouldOpenTheEngineThatWasWritten() throws IOException {
        try (TestState state = new TestState().contest().play(20_000)) {
            final Snapshot written = write(state);
            assertArrayEquals(state.engine().stateRoot(), written.root());
            assertEquals(Files.size(file), written.fileBytes());
            final SnapshotFileSource source = SnapshotFileSource.open(file);
            try (Engine opened = Engine.open(source, 0)) {
                assertArrayEquals(state.engine().stateRoot(), opened.stateRoot());
                assertEquals(state.engine().sequence(), opened.sequence());
                assertEquals(state.engine().limits(), opened.limits());
            }
            final Snapshot read = source.verified();
            assertArrayEquals(written.root(), read.root());
            assertArrayEquals(written.manifestHash(), read.manifestHash());
            assertEquals(written.facts(), read.facts());
            assertEquals(written.contests(), read.contests());
            final ContestMark contest = read.contests().get(0);
            assertEquals("b", contest.id());
            assertEquals(HexFormat.of().formatHex(state.engine().contestDigest("b")),
                contest.digest());
            assertEquals(state.engine().reads().contest("b").rulesHash(),
                contest.rulesHash());
            assertTrue(written.fileBytes() < written.facts().usedBytes(), "compressed");
        }
    }

    @Test
    void shouldKeepChunksThatDoNotCompressAsTheyAre() throws IOException {
        final byte[] noise = new byte[65_536];
        new Random(3).nextBytes(noise);
        final Chunk chunk = new Chunk();
        final byte[] plain = new byte[65_536];
        for (final int length : new int[] {65_536, 1, 4_096}) {
            assertEquals(Chunk.HEAD_BYTES + length, chunk.pack(9, noise, length));
            chunk.unpack(9, plain, length);
            assertEquals(-1, Arrays.mismatch(Arrays.copyOf(noise, length),
                Arrays.copyOf(plain, length)));
            assertThrows(SnapshotInvalidException.class, () -> chunk.unpack(8, plain, length));
            assertThrows(SnapshotInvalidException.class, () -> chunk.unpack(9, plain, length - 1));
        }
    }

    @Test
    void shouldPackChunksWhoseMiddleShrinks() throws IOException {
        final byte[] plain = new byte[65_536];
        final Random random = new Random(3);
        // of each 32 bytes two are noise
        for (int at = 0; at < plain.length; at += 32) {
            plain[at] = (byte) random.nextInt();
            plain[at + 1] = (byte) random.nextInt();
        }
        final Chunk chunk = new Chunk();
        final byte[] back = new byte[plain.length];
        for (final int length : new int[] {plain.length, 8_000, 512}) {
            assertTrue(chunk.pack(1, plain, length) <= length * 3 / 4, length + " bytes");
            chunk.unpack(1, back, length);
            assertEquals(-1, Arrays.mismatch(Arrays.copyOf(plain, length),
                Arrays.copyOf(back, length)));
        }
        // noise in the middle: what is around it is not even tried
        random.nextBytes(back);
        System.arraycopy(back, 0, plain, plain.length / 2 - 4_096, 8_192);
        assertEquals(Chunk.HEAD_BYTES + plain.length, chunk.pack(1, plain, plain.length));
        // noise around it: it was tried, and given up
        final byte[] around = back.clone();
        Arrays.fill(around, plain.length / 2 - 2_048, plain.length / 2 + 2_048, (byte) 0);
        Arrays.fill(around, plain.length - 8, plain.length, (byte) 0);
        final int bytes = chunk.pack(1, around, plain.length);
        assertTrue(bytes < Chunk.HEAD_BYTES + plain.length - 3_000, bytes + " bytes");
        chunk.unpack(1, plain, plain.length);
        assertEquals(-1, Arrays.mismatch(around, plain));
    }

    @Test
    void shouldRefuseAFileThatIsCutOrChangedAnywhere() throws IOException {
        try (TestState state = new TestState()) {
            write(state);
        }
        final byte[] good = Files.readAllBytes(file);
        assertNotNull(verified());
        final Random random = new Random(5);
        for (int at = 0; at < good.length; at++) {
            final byte[] flipped = good.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            assertBad("bit flipped at byte " + at);
            Files.write(file, Arrays.copyOf(good, at));
            assertBad("cut at byte " + at);
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertBad("a byte too many");
        Files.write(file, good);
        assertNotNull(verified());
    }

    @Test
    void shouldRefuseALargerFileThatIsCutOrChangedSomewhere() throws IOException {
        try (TestState state = new TestState().contest().play(3_000)) {
            write(state);
        }
        final byte[] good = Files.readAllBytes(file);
        final Random random = new Random(6);
        for (int i = 0; i < 150; i++) {
            final int at = random.nextInt(good.length);
            final byte[] flipped = good.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            assertBad("bit flipped at byte " + at);
            Files.write(file, Arrays.copyOf(good, at));
            assertBad("cut at byte " + at);
        }
    }

    /** Several threads read it: what they find in which order must not show. */
    @Test
    void shouldNameTheFirstOfSeveralDamagedChunks() throws IOException {
        try (TestState state = new TestState().contest().play(20_000)) {
            write(state);
        }
        final byte[] good = Files.readAllBytes(file);
        final ByteBuffer bytes = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        final List<Integer> begins = new ArrayList<>();
        for (int at = SnapshotHeader.BYTES; begins.size() < 30; at += Chunk.HEAD_BYTES
            + (bytes.getInt(at) & Integer.MAX_VALUE)) {
            begins.add(at);
        }
        for (int first = 0; first < begins.size(); first++) {
            final byte[] damaged = good.clone();
            for (int i = first; i < begins.size(); i++) {
                damaged[begins.get(i) + Chunk.HEAD_BYTES] ^= 1;
            }
            Files.write(file, damaged);
            assertEquals("chunk " + first + " is damaged",
                assertThrows(SnapshotInvalidException.class, this::verified).getMessage());
        }
    }

    /** Reads into nothing: what the engine would make of it is not the question. */
    private Snapshot verified() throws IOException {
        final SnapshotFileSource source = SnapshotFileSource.open(file);
        source.read((at, bytes, offset, length) -> { });
        return source.verified();
    }

    private void assertBad(String what) throws IOException {
        try {
            verified();
            fail(what + " was not seen");
        } catch (SnapshotInvalidException expected) {
            assertNotNull(expected.getMessage());
        }
    }

    @Test
    void shouldRefuseANewerLayoutAndShowNothingBeforeItIsRead() throws IOException {
        try (TestState state = new TestState().contest()) {
            write(state);
        }
        assertNull(SnapshotFileSource.open(file).verified());
        final NewerSnapshotException newer = assertThrows(NewerSnapshotException.class,
            () -> SnapshotFileSource.open(file, 0));
        assertTrue(newer.getMessage().contains("layout version " + State.LAYOUT_VERSION
            + ", this program knows 1 and 0"), newer.getMessage());
    }
}
