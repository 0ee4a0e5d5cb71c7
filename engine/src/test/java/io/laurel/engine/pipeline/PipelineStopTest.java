package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.Journal;
import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop that does not come to its end in time says so, and leaves engine and journal alone. */
@Timeout(60)
class PipelineStopTest {
    private static final long LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final MemoryJournal memory = new MemoryJournal();
    private final CountDownLatch disk = new CountDownLatch(1);
    private final CountDownLatch forcing = new CountDownLatch(1);
    private final ManualEventLoop loop = new ManualEventLoop();
    private final RecordingReplies replies = new RecordingReplies();
    private final AtomicReference<PipelineFailure> reported = new AtomicReference<>();

    /** A disk that takes its time. */
    private final Journal stuck = new Journal() {
        @Override
        public void append(DirectBuffer block, int offset, int length, long first, long last,
            long durableMark) throws IOException {
            memory.append(block, offset, length, first, last, durableMark);
        }

        @Override
        public long force() throws IOException {
            forcing.countDown();
            try {
                disk.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return memory.force();
        }

        @Override
        public long lastAppendedSequence() {
            return memory.lastAppendedSequence();
        }

        @Override
        public boolean storageLow() {
            return false;
        }

        @Override
        public void close() {
            memory.close();
        }
    };

    @Test
    void shouldSayHowFarItCameWhereTheDiskDoesNotAnswer() throws Exception {
        final EnginePipeline pipeline = new EnginePipeline(
            Commands.config(AckMode.DURABLE, 256, 4_096), new StubTarget(false), stuck, loop,
            replies, reported::set);
        pipeline.start();
        assertTrue(new Commands().source(pipeline, 1));
        loop.runUntil(() -> forcing.getCount() == 0, "a force");
        final CompletableFuture<Void> closing =
            CompletableFuture.runAsync(() -> pipeline.close(LIMIT_NS));
        loop.runUntil(closing::isDone, "close");
        final Throwable cause =
            assertThrows(CompletionException.class, closing::join).getCause();
        assertTrue(cause.getMessage().contains("did not come to its end"), cause.toString());
        assertTrue(cause.getMessage().endsWith("appended 1, durable 0"), cause.getMessage());
        assertFalse(pipeline.hasEnded(), "the thread that forces still needs the journal");
        assertFalse(memory.closed());
        assertTrue(replies.replies().isEmpty(), "nobody was told what is not on the disk");
        assertNull(reported.get());
        // closing again changes nothing
        pipeline.close();

        disk.countDown();
        for (final Thread thread : pipeline.threads()) {
            thread.join(Duration.ofSeconds(30).toMillis());
        }
        assertTrue(pipeline.hasEnded());
        assertEquals(1, memory.forcedSequence());
    }
}
