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
    private static final int USED_BYTES = 1 << 20;

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
            assertTrue(mapped.get() < used * 17 / 16 + ImageRoom.AHEAD_BYTES
                + MemoryAdvice.IMAGE_RESERVE_BYTES / 256, "hardly more than it");
            assertTrue(writer.imageBytes() >= used + ImageRoom.AHEAD_BYTES);
            assertTrue(writer.imageBytes() <= mapped.get());

            // it is the engine's, then the writer's, then nobody's
            final PageImage room = writer.room(state.engine().usedBytes());
            assertEquals(writer.imageBytes(), room.mappedBytes());
            assertNull(writer.room(state.engine().usedBytes()));
            assertFalse(writer.ready());
            state.engine().images().begin(room);
            state.engine().images().copySlice(Integer.MAX_VALUE);
            writer.take(state.engine().images().end(), () -> Long.MAX_VALUE);
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

    /** An engine that claims what it is offered while the writer waits for it. */
    private static final class Ahead {
        private final ImageRoom room;
        private final List<PageImage> claimed = new ArrayList<>();

        Ahead(ImageRoom room) {
            this.room = room;
        }

        /** Returns whether it has something now. */
        boolean claim() {
            final PageImage ours = room.claim(USED_BYTES);
            if (ours != null) {
                claimed.add(ours);
            }
            return !claimed.isEmpty();
        }

        PageImage only() {
            assertEquals(1, claimed.size());
            return claimed.get(0);
        }
    }

    private static ImageRoom roomy(MemoryAdvice advice) {
        return new ImageRoom(() -> USED_BYTES, advice, TimeUnit.SECONDS.toNanos(WAIT_S));
    }

    @Test
    void shouldBeReadyOnlyWhenItIsCopiedToAhead() {
        final ImageRoom room = roomy(MemoryAdvice.NONE);
        final Ahead engine = new Ahead(room);
        final CompletableFuture<Void> ready = room.ask();
        final AtomicLong looks = new AtomicLong();
        try (Pages pages = new Pages(USED_BYTES)) {
            ready.thenRun(() -> pages.beginCut(engine.only(), USED_BYTES));
            assertNull(room.make(() -> false, () -> {
                // looked at again and again, also while the engine copies
                if (engine.claim() && looks.incrementAndGet() == 5) {
                    assertFalse(ready.isDone());
                    room.settled();
                }
                return false;
            }));
            assertEquals(5, looks.get(), "it is not waited for any longer");
            assertTrue(ready.isDone());
            assertFalse(room.isFree());
            assertTrue(room.ask().isCompletedExceptionally());
            room.back();
            assertTrue(room.isFree());
        }
    }

    @Test
    void shouldNotWaitForAnEngineThatIsToEnd() {
        final ImageRoom room = roomy(MemoryAdvice.NONE);
        final Ahead engine = new Ahead(room);
        final CompletableFuture<Void> ready = room.ask();
        try (Pages pages = new Pages(USED_BYTES)) {
            ready.thenRun(() -> pages.beginCut(engine.only(), USED_BYTES));
            assertNull(room.make(() -> false, engine::claim));
            room.back();
        }
    }

    @Test
    void shouldUseForTheNextImageWhatNoCutCameFor() {
        final AtomicLong taken = new AtomicLong();
        final ImageRoom room = roomy(new Mapping(bytes -> taken.incrementAndGet()));
        final Ahead engine = new Ahead(room);
        final CompletableFuture<Void> ready = room.ask();
        assertNull(room.make(ready::isDone, engine::claim));
        assertTrue(room.isFree());
        assertTrue(room.bytes() > 0, "it is the engine's");
        final long mapped = taken.get();

        final CompletableFuture<Void> next = room.ask();
        assertFalse(next.isDone());
        try (Pages pages = new Pages(USED_BYTES)) {
            next.thenRun(() -> pages.beginCut(engine.only(), USED_BYTES));
            assertNull(room.make(() -> false, () -> true));
            assertEquals(mapped, taken.get());
            room.back();
        }
    }

    @Test
    void shouldTakeBackWhatTheStateHasOutgrownAheadOfItsCut() {
        final ImageRoom room = roomy(MemoryAdvice.NONE);
        final Ahead engine = new Ahead(room);
        final CompletableFuture<Void> ready = room.ask();
        final Throwable cause = room.make(() -> false, () -> {
            if (engine.claim()) {
                room.giveBack();
            }
            return false;
        });
        assertTrue(cause.getMessage().contains("has outgrown"), cause.getMessage());
        assertTrue(ready.isCompletedExceptionally());
        assertClosed(engine.only());
        assertTrue(room.isFree());
        assertEquals(0, room.bytes());

        // or when nobody waits any more
        final Ahead later = new Ahead(room);
        final CompletableFuture<Void> again = room.ask();
        assertNull(room.make(again::isDone, later::claim));
        room.giveBack();
        final CompletableFuture<Void> anew = room.ask();
        assertTrue(room.make(anew::isDone, () -> true).getMessage().contains("no cut came"));
        assertClosed(later.only());
        assertFalse(anew.isCompletedExceptionally());
    }

    private static void assertClosed(PageImage image) {
        assertThrows(IllegalStateException.class,
            () -> image.getBytes(0, new byte[0], 0, 0));
    }

    /** What the engine copies to must not go, whatever comes of the rest of it. */
    @Test
    void shouldLeaveTheEngineWhatItHasWhereThereIsNoMoreMemory() {
        final AtomicLong used = new AtomicLong(USED_BYTES);
        final AtomicLong calls = new AtomicLong();
        final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
        final ImageRoom room = new ImageRoom(used::get, new Mapping(bytes -> {
            if (calls.incrementAndGet() > last.get()) {
                throw new OutOfMemoryError("none is left");
            }
        }), TimeUnit.SECONDS.toNanos(WAIT_S));
        final Ahead engine = new Ahead(room);
        final CompletableFuture<Void> ready = room.ask();
        final Throwable cause = room.make(() -> false, () -> {
            if (engine.claim()) {
                last.set(calls.get());
                used.set(100 * USED_BYTES);
            }
            return false;
        });
        assertInstanceOf(OutOfMemoryError.class, cause);
        assertTrue(ready.isCompletedExceptionally());
        engine.only().getBytes(0, new byte[0], 0, 0);
        assertTrue(room.isFree(), "the next one may ask");
    }

    @Test
    void shouldHandOutOneAtATime() {
        final ImageRoom room = roomy(MemoryAdvice.NONE);
        try (Pages pages = new Pages(USED_BYTES)) {
            // at its cut
            final CompletableFuture<PageImage> claimed = room.ask().thenApply(done -> {
                final PageImage ours = room.claim(USED_BYTES);
                pages.beginCut(ours, USED_BYTES);
                return ours;
            });
            assertNull(room.make(() -> false, () -> false));
            assertTrue(claimed.join().mappedBytes() >= USED_BYTES);
            assertFalse(room.isFree());
            assertTrue(room.ask().isCompletedExceptionally());
            room.back();
            assertTrue(room.isFree());
            assertFalse(room.ask().isDone());
        }
    }
}
