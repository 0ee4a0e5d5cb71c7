package io.laurel.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.MappedRoom;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Room;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.port.ThreadAdvice;
import io.laurel.snapshot.SnapshotWriter.Beside;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory for an image is there before its cut, and gone behind it. */
final class ImageRoomTest {
    private static final long WAIT_S = 20;

    @TempDir
    private Path path;
    private final List<Throwable> noRoom = Collections.synchronizedList(new ArrayList<>());
    private final SnapshotListener listener = new SnapshotListener() {
        @Override
        public void onWritten(Snapshot snapshot, long durationNs) {
            // the writer says what it has
        }

        @Override
        public void onNoRoom(Throwable cause) {
            noRoom.add(cause);
        }

        @Override
        public void onFailed(long sequence, Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    /** Advice with a mapping of one's own. */
    private record Mapping(LongConsumer mapping) implements MemoryAdvice {
        @Override
        public Runnable prepare(long address, long bytes, LongSupplier usedBytes) {
            return () -> { };
        }

        @Override
        public Room image(long usedBytes) {
            return new MappedRoom(MemoryAdvice.super.image(usedBytes), mapping);
        }
    }

    private SnapshotWriter writer(TestState state, LongConsumer mapping) throws IOException {
        return new SnapshotWriter(SnapshotDirectory.open(path), 1, null, Long.MAX_VALUE,
            listener, new Beside(state.engine()::usedBytes, new Mapping(mapping),
            ThreadAdvice.NONE));
    }

    @Test
    void shouldBeReadyOnlyWhenAllOfItIsMapped() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch may = new CountDownLatch(1);
        final AtomicLong mapped = new AtomicLong();
        try (TestState state = new TestState().contest().play(50);
            SnapshotWriter writer = writer(state, bytes -> {
                begun.countDown();
                await(may);
                mapped.addAndGet(bytes);
            })) {
            assertTrue(writer.ready());
            final CompletableFuture<Void> ready = writer.prepare();
            await(begun);
            assertFalse(ready.isDone());
            assertFalse(writer.ready());
            assertSame(ready, writer.prepare(), "whoever asks meanwhile waits for the same");
            assertNull(writer.room(state.engine().usedBytes()), "a cut now would have none");
            may.countDown();
            ready.get(WAIT_S, TimeUnit.SECONDS);
            final long used = state.engine().usedBytes();
            assertTrue(mapped.get() >= used + ImageRoom.AHEAD_BYTES);
            assertTrue(mapped.get() < used * 33 / 32 + ImageRoom.AHEAD_BYTES + Pages.PAGE_BYTES,
                "hardly more than it");
            assertEquals(mapped.get(), writer.imageBytes());

            // it is the engine's, then the writer's, then nobody's
            final PageImage room = writer.room(state.engine().usedBytes());
            assertEquals(mapped.get(), room.mappedBytes());
            assertNull(writer.room(state.engine().usedBytes()));
            assertFalse(writer.ready());
            state.engine().beginImage(room);
            state.engine().copySlice(Integer.MAX_VALUE);
            writer.take(state.engine().endImage(), () -> Long.MAX_VALUE);
            assertTrue(writer.awaitIdle(TimeUnit.SECONDS.toNanos(WAIT_S)));
            assertEquals(0, writer.imageBytes());
            assertEquals(state.engine().sequence(), writer.last().sequence());
            final byte[] one = new byte[1];
            assertThrows(IllegalStateException.class, () -> room.getBytes(0, one, 0, 1));
            assertTrue(writer.ready());
        }
        assertEquals(List.of(), noRoom);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(WAIT_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellThatThereIsNoMemoryAndTryAgainWhenAsked() throws Exception {
        final AtomicLong calls = new AtomicLong();
        try (TestState state = new TestState().contest().play(50);
            SnapshotWriter writer = writer(state, bytes -> {
                if (calls.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("none is left");
                }
            })) {
            final ExecutionException failed = assertThrows(ExecutionException.class,
                () -> writer.prepare().get(WAIT_S, TimeUnit.SECONDS));
            assertInstanceOf(OutOfMemoryError.class, failed.getCause());
            assertNull(writer.room(state.engine().usedBytes()));
            // the engine goes on all the same
            state.play(10);
            writer.prepare().get(WAIT_S, TimeUnit.SECONDS);
            assertEquals(1, noRoom.size());
            assertSame(failed.getCause(), noRoom.get(0));
            final PageImage room = writer.room(state.engine().usedBytes());
            assertNotNull(room);
            room.close();
        }
    }

    @Test
    void shouldGiveBackWhatNobodyClaims() {
        final ImageRoom room = new ImageRoom(() -> 10_000, MemoryAdvice.NONE, 1);
        final CompletableFuture<Void> ready = room.ask();
        // mapping in a nanosecond is too much to ask
        final Throwable cause = room.make(() -> false, () -> false);
        assertTrue(cause.getMessage().contains("mapped in time"), cause.getMessage());
        assertTrue(ready.isCompletedExceptionally());
        assertTrue(room.isFree());
        assertEquals(0, room.bytes());

        final ImageRoom ended = new ImageRoom(() -> 10_000, MemoryAdvice.NONE,
            TimeUnit.SECONDS.toNanos(WAIT_S));
        final CompletableFuture<Void> unclaimed = ended.ask();
        final Throwable why = ended.make(unclaimed::isDone, () -> true);
        assertTrue(why.getMessage().contains("no cut came"), why.getMessage());
        assertFalse(unclaimed.isCompletedExceptionally());
        assertTrue(ended.isFree());
        assertEquals(0, ended.bytes());
        assertNull(ended.claim(1));
    }

    @Test
    void shouldNotRestWhileTheStateOutgrowsItsRoom() {
        final long before = 64L << 20;
        final AtomicLong used = new AtomicLong(before);
        final ImageRoom room =
            new ImageRoom(used::get, MemoryAdvice.NONE, TimeUnit.SECONDS.toNanos(WAIT_S));
        final CompletableFuture<Void> ready = room.ask();
        final Throwable why = room.make(ready::isDone, () -> {
            // before each rest
            used.addAndGet(MemoryAdvice.IMAGE_RESERVE_BYTES / 4);
            return false;
        });
        assertTrue(why.getMessage().contains("no cut came"), why.getMessage());
        assertFalse(ready.isCompletedExceptionally());
        assertTrue(used.get() > before, "there were no rests at all");
    }

    @Test
    void shouldSayThatTheStateHasOutgrownItsRoomWhileItIsMapped() {
        final AtomicLong looks = new AtomicLong();
        final ImageRoom room = new ImageRoom(() -> looks.getAndIncrement() == 0 ? 1 : 1L << 40,
            MemoryAdvice.NONE, TimeUnit.SECONDS.toNanos(WAIT_S));
        final CompletableFuture<Void> ready = room.ask();
        final Throwable cause = room.make(() -> false, () -> true);
        assertTrue(cause.getMessage().contains("has outgrown"), cause.getMessage());
        assertTrue(ready.isCompletedExceptionally());
        assertTrue(room.isFree());
    }

    @Test
    void shouldNotHandOutWhatTheStateHasOutgrown() {
        final ImageRoom room = new ImageRoom(() -> 10_000, MemoryAdvice.NONE,
            TimeUnit.SECONDS.toNanos(WAIT_S));
        final CompletableFuture<Void> ready = room.ask();
        final CompletableFuture<PageImage> tooLarge = new CompletableFuture<>();
        final Throwable why = room.make(() -> {
            if (ready.isDone() && !tooLarge.isDone()) {
                tooLarge.complete(room.claim(1L << 40));
            }
            return tooLarge.isDone();
        }, () -> false);
        assertNull(tooLarge.join());
        assertInstanceOf(IllegalStateException.class, why);
    }

    @Test
    void shouldHandOutOneAtATime() {
        final ImageRoom room = new ImageRoom(() -> 10_000, MemoryAdvice.NONE,
            TimeUnit.SECONDS.toNanos(WAIT_S));
        final CompletableFuture<PageImage> claimed =
            room.ask().thenApply(done -> room.claim(10_000));
        assertNull(room.make(() -> false, () -> false));
        assertTrue(claimed.join().mappedBytes() >= 10_000);
        assertFalse(room.isFree());
        assertTrue(room.ask().isCompletedExceptionally());
        claimed.join().close();
        room.back();
        assertTrue(room.isFree());
        assertFalse(room.ask().isDone());
    }
}
