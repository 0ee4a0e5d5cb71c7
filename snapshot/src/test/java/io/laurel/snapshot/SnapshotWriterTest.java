package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.port.StateImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From images to files that count, and back to an engine. */
final class SnapshotWriterTest {
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long FAST = 1L << 40;

    @TempDir
    private Path path;
    private final List<Long> written = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> kept = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> noRoom = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
    private final SnapshotListener listener = new SnapshotListener() {
        @Override
        public void onWritten(Snapshot snapshot, long durationNs) {
            written.add(snapshot.sequence());
        }

        @Override
        public void onKept(Snapshot newest, long oldestSequence) {
            kept.add(oldestSequence);
        }

        @Override
        public void onNoRoom(Throwable cause) {
            noRoom.add(cause);
        }

        @Override
        public void onFailed(long sequence, Throwable cause) {
            failed.add(cause);
        }
    };

    private SnapshotWriter writer(int keep) throws IOException {
        return new SnapshotWriter(SnapshotDirectory.open(path), keep, null, FAST, listener);
    }

    private long write(SnapshotWriter writer, TestState state) {
        writer.take(state.image(), () -> Long.MAX_VALUE);
        assertTrue(writer.awaitIdle(WAIT_NS), "written in time");
        return state.engine().sequence();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldKeepTheNewestAndLoadTheLast() throws IOException {
        try (TestState state = new TestState().contest(); SnapshotWriter writer = writer(3)) {
            final List<Long> sequences = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sequences.add(write(writer, state.play(100)));
            }
            assertEquals(sequences, written);
            assertEquals(sequences.subList(0, 3), kept, "from the third on, the oldest of three");
            assertEquals(sequences.subList(2, 5).stream()
                .map(sequence -> String.format("%020d.snap", sequence)).toList(), names());
            assertEquals(sequences.get(4), writer.last().sequence());
            assertEquals(List.of(), failed);

            final SnapshotLoader loader = new SnapshotLoader(SnapshotDirectory.open(path));
            assertLoads(loader, Long.MAX_VALUE, sequences.get(4));
            assertLoads(loader, sequences.get(4), sequences.get(3));
            assertNull(loader.load(sequences.get(2), 0));
            assertEquals(List.of(), loader.notes());
        }
    }

    private static void assertLoads(SnapshotLoader loader, long before, long sequence)
        throws IOException {
        final SnapshotLoader.Loaded loaded = loader.load(before, 0);
        try (Engine engine = loaded.engine()) {
            assertEquals(sequence, engine.sequence());
            assertArrayEquals(loaded.snapshot().root(), engine.stateRoot());
        }
    }

    @Test
    void shouldChainManifests() throws IOException {
        try (TestState state = new TestState().contest()) {
            final Snapshot first;
            try (SnapshotWriter writer = writer(3)) {
                write(writer, state.play(1));
                first = writer.last();
                write(writer, state.play(1));
            }
            final SnapshotDirectory directory = SnapshotDirectory.open(path);
            final byte[] second = Files.readAllBytes(directory.files().lastEntry().getValue());
            assertArrayEquals(first.manifestHash(), Arrays.copyOfRange(second, 80, 112));
            final SnapshotLoader loader = new SnapshotLoader(directory);
            loader.load(Long.MAX_VALUE, 0).engine().close();
            assertEquals(List.of(), loader.notes());

            // another one in the place of the first, whole in itself
            Files.delete(first.file());
            try (TestState other = new TestState().contest().from(5).play(1);
                SnapshotWriter writer = new SnapshotWriter(
                    SnapshotDirectory.open(path.resolve("other")), 1, null, FAST, listener)) {
                assertEquals(first.sequence(), write(writer, other));
                Files.move(writer.last().file(), first.file());
            }
            loader.load(Long.MAX_VALUE, 0).engine().close();
            assertEquals(List.of(first.file().getFileName() + " is damaged, or not the one that"
                + " the snapshot behind it names"), loader.notes());
        }
    }

    /** The image shows as an engine without being changed. */
    @Test
    void shouldReadAnImageWithoutChangingIt() throws IOException {
        try (TestState state = new TestState().contest().play(500);
            StateImage image = state.image(); SnapshotWriter writer = writer(3)) {
            final Engine shown = Engine.over(image);
            assertArrayEquals(state.engine().contestDigest("b"), shown.contestDigest("b"));
            assertArrayEquals(state.engine().stateRoot(), shown.stateRoot());
            assertEquals(1, SnapshotManifest.marks(shown, () -> { }).size());
            shown.close();
            assertArrayEquals(state.engine().stateRoot(), Engine.over(image).stateRoot());
            write(writer, state);
        }
    }

    @Test
    void shouldFallBackWhereTheNewestAreDamaged() throws IOException {
        try (TestState state = new TestState().contest(); SnapshotWriter writer = writer(3)) {
            final long good = write(writer, state.play(50));
            final long cut = write(writer, state.play(50));
            final long flipped = write(writer, state.play(50));
            damage(cut, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
            damage(flipped, bytes -> {
                bytes[bytes.length / 3] ^= 4;
                return bytes;
            });
            final SnapshotDirectory directory = SnapshotDirectory.open(path);
            final SnapshotLoader loader = new SnapshotLoader(directory);
            assertLoads(loader, Long.MAX_VALUE, good);
            assertEquals(2, loader.notes().size(), loader.notes().toString());
            assertTrue(loader.notes().get(0).contains(flipped + ".snap ignored: chunk "),
                loader.notes().get(0));
            assertTrue(loader.notes().get(1).contains(cut + ".snap ignored: "));

            // damaged ones do not push good ones out
            try (SnapshotWriter next = new SnapshotWriter(directory, 2, null, FAST, listener)) {
                final long newest = write(next, state.play(1));
                assertEquals(List.of(good, cut, flipped, newest),
                    List.copyOf(directory.files().keySet()));
                write(next, state.play(1));
                assertEquals(2, directory.files().size(), names().toString());
            }
            damage(newestIn(directory), bytes -> new byte[0]);
            damage(directory.files().firstKey(), bytes -> new byte[200]);
            assertNull(loader.load(Long.MAX_VALUE, 0));
            assertEquals(2, loader.notes().size());
        }
    }

    private static long newestIn(SnapshotDirectory directory) throws IOException {
        return directory.files().lastKey();
    }

    private interface Damage {
        byte[] to(byte[] bytes);
    }

    private void damage(long sequence, Damage damage) throws IOException {
        final Path file = path.resolve(String.format("%020d.snap", sequence));
        Files.write(file, damage.to(Files.readAllBytes(file)));
    }

    @Test
    void shouldRefuseASnapshotUnderAnotherName() throws IOException {
        try (TestState state = new TestState().contest(); SnapshotWriter writer = writer(3)) {
            write(writer, state);
            Files.move(path.resolve(names().get(0)),
                path.resolve(String.format("%020d.snap", 99)));
            final SnapshotLoader loader = new SnapshotLoader(SnapshotDirectory.open(path));
            assertNull(loader.load(Long.MAX_VALUE, 0));
            assertTrue(loader.notes().get(0).contains("of sequence 3"), loader.notes().get(0));
        }
    }

    @Test
    void shouldCountOnlyWhatTheLogHoldsDurably() throws IOException {
        try (TestState state = new TestState().contest()) {
            final AtomicLong durable = new AtomicLong(state.engine().sequence() - 1);
            try (SnapshotWriter writer = writer(3)) {
                writer.take(state.image(), durable::get);
                assertFalse(writer.awaitIdle(TimeUnit.MILLISECONDS.toNanos(50)));
                assertFalse(writer.ready());
                assertThrows(IllegalStateException.class,
                    () -> writer.take(state.image(), durable::get));
                assertNull(writer.last());
                assertEquals(List.of(), names().stream()
                    .filter(name -> name.endsWith(".snap")).toList());
                durable.incrementAndGet();
                assertTrue(writer.awaitIdle(WAIT_NS));
                assertEquals(1, names().size());
            }
            durable.set(0);
            try (SnapshotWriter writer = writer(3)) {
                writer.take(state.play(1).image(), durable::get);
                assertFalse(writer.awaitIdle(TimeUnit.MILLISECONDS.toNanos(50)));
            }
            assertEquals(1, names().size(), "given up, and nothing left behind");
            assertEquals(1, failed.size());
        }
    }

    @Test
    void shouldKeepThePaceAndHurryWhenAsked() throws IOException {
        try (TestState state = new TestState().contest().play(1_000); SnapshotWriter writer =
            new SnapshotWriter(SnapshotDirectory.open(path), 1, null, 1, listener)) {
            writer.take(state.image(), () -> Long.MAX_VALUE);
            assertFalse(writer.awaitIdle(TimeUnit.MILLISECONDS.toNanos(100)),
                "a byte a second takes days");
            writer.hurry();
            assertTrue(writer.awaitIdle(WAIT_NS));
            assertEquals(1, written.size());
        }
    }

    @Test
    void shouldTellOfAFailureAndGoOn() throws IOException {
        try (TestState state = new TestState().contest(); SnapshotWriter writer = writer(1)) {
            final Path inTheWay = path.resolve(
                String.format("%020d.snap.tmp", state.engine().sequence()));
            Files.createDirectories(inTheWay);
            write(writer, state);
            assertEquals(1, failed.size());
            assertEquals(List.of(), written);
            write(writer, state.play(1));
            assertEquals(1, written.size());
        }
    }

    @Test
    void shouldRemoveWhatACrashLeftBehind() throws IOException {
        Files.write(path.resolve("00000000000000000007.snap.tmp"), new byte[5]);
        Files.write(path.resolve("notes.txt"), new byte[5]);
        Files.write(path.resolve("99999999999999999999.snap"), new byte[5]);
        assertEquals(0, SnapshotDirectory.open(path).files().size());
        assertEquals(List.of("99999999999999999999.snap", "notes.txt"), names());
    }
}
