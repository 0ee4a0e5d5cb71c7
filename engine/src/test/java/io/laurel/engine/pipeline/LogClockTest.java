package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import io.laurel.protocol.storage.EventCommandEncoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LogClockTest {
    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private long wallNs = 100;

    private SynchronousPipeline pipeline(boolean eventClock) {
        return new SynchronousPipeline(new PipelineConfig(Threading.SHARED, WaitMode.BLOCK,
            AckMode.DURABLE, eventClock, 64, 64, 16, () -> wallNs), new StubTarget(eventClock),
            journal, new RecordingReplies());
    }

    private List<Long> times() throws IOException {
        final List<Long> times = new ArrayList<>();
        journal.reader().read(1, (buffer, offset, length) -> times.add(
            buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN)));
        return times;
    }

    @Test
    void shouldStampWallTimeNeverDecreasing() throws IOException {
        final SynchronousPipeline pipeline = pipeline(false);
        for (final long now : new long[] {100, 250, 90, 249, 251}) {
            wallNs = now;
            commands.source(pipeline, 1);
            commands.event(pipeline, 9_000, 2);
            pipeline.runBatch(8);
        }
        assertEquals(List.of(100L, 100L, 250L, 250L, 250L, 250L, 250L, 250L, 251L, 251L),
            times());
    }

    @Test
    void shouldStampTheHighestEventTimeSoFar() throws IOException {
        final SynchronousPipeline pipeline = pipeline(true);
        commands.source(pipeline, 1);
        commands.event(pipeline, 500, 2);
        commands.event(pipeline, 400, 3);
        commands.source(pipeline, 4);
        commands.event(pipeline, 501, 5);
        commands.advance(pipeline, 900, 6);
        commands.advance(pipeline, 800, 7);
        commands.event(pipeline, 899, 8);
        pipeline.runBatch(64);
        assertEquals(List.of(0L, 500L, 500L, 500L, 501L, 900L, 900L, 900L), times());
    }

    @Test
    void shouldKeepTheTimeWhenAnEventIsTooShortToHaveOne() throws IOException {
        final SynchronousPipeline pipeline = pipeline(true);
        commands.event(pipeline, 500, 1);
        final byte[] bytes = new byte[EventCommandEncoder.BLOCK_LENGTH + 10];
        Arrays.fill(bytes, (byte) 0x7F);
        assertTrue(pipeline.tryPublish(EventCommandEncoder.TEMPLATE_ID,
            EventCommandEncoder.BLOCK_LENGTH, new UnsafeBuffer(bytes), 0, bytes.length, 2));
        pipeline.runBatch(64);
        assertEquals(List.of(500L, 500L), times());
    }

    @Test
    void shouldFollowTheMachinesClockBelowTheMillisecond() {
        final WallClock clock = new WallClock();
        long before = 0;
        int distinct = 0;
        for (int i = 0; i < 100_000; i++) {
            final long lowMs = System.currentTimeMillis();
            final long now = clock.getAsLong();
            final long highMs = System.currentTimeMillis();
            final long ms = TimeUnit.NANOSECONDS.toMillis(now);
            assertTrue(lowMs <= ms && ms <= highMs, lowMs + " " + now + " " + highMs);
            distinct += now != before ? 1 : 0;
            before = now;
        }
        assertTrue(distinct > 1_000, "finer than a millisecond: " + distinct);
    }
}
