package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.SnapshotSink;
import org.junit.jupiter.api.Test;

final class ImageSliceTest {
    private static final long MICROS = 1_000;
    private static final int SOURCES = 900;

    private final ImageSlice slice = new ImageSlice();

    @Test
    void shouldTakeATenthOfTheTimeOfLongBatches() {
        assertTrue(slice.isDueBehind(100 * MICROS));
        assertFalse(new ImageSlice().isDueBehind(99 * MICROS));
    }

    /** However short each of them is, an image comes to its end where batches never do. */
    @Test
    void shouldAddUpWhatShortBatchesOwe() {
        for (int i = 0; i < 4; i++) {
            assertFalse(slice.isDueBehind(20 * MICROS));
        }
        assertTrue(slice.isDueBehind(20 * MICROS));
    }

    @Test
    void shouldOweNothingBehindASliceOrAStep() {
        try (Engine engine = engine()) {
            assertTrue(slice.isDueBehind(100 * MICROS));
            slice.copyDue(engine, System.nanoTime());
            assertFalse(slice.isDueBehind(99 * MICROS));
            assertFalse(slice.copyIdle(engine), "not complete");
            assertFalse(slice.isDueBehind(99 * MICROS));
            assertTrue(slice.isDueBehind(MICROS));
        }
    }

    /** A standstill of a second must not be followed by a slice of a tenth of it. */
    @Test
    void shouldOweLittleHoweverLongABatchWas() {
        try (Engine engine = engine()) {
            assertTrue(slice.isDueBehind(1_000_000 * MICROS));
            // as if the first step had taken all that may be owed
            assertFalse(slice.copyDue(engine, System.nanoTime() - 40 * MICROS));
            int steps = 1;
            while (!slice.copyIdle(engine)) {
                steps++;
            }
            assertTrue(steps > 1, "the slice was one step");
        }
    }

    @Test
    void shouldCopyAllInTheEnd() {
        try (Engine engine = engine()) {
            boolean complete = false;
            while (!complete) {
                complete = slice.isDueBehind(50 * MICROS)
                    && slice.copyDue(engine, System.nanoTime());
            }
            engine.images().end().close();
        }
    }

    /** With an image of several steps under way. */
    private static Engine engine() {
        final Engine engine = new Engine(64L << 20);
        final Commands commands = new Commands();
        final SynchronousPipeline pipeline = new SynchronousPipeline(Commands.config(), engine,
            new MemoryJournal(), new RecordingReplies(), SnapshotSink.NONE);
        commands.genesis(pipeline, 1);
        for (int token = 2; token < SOURCES; token++) {
            commands.source(pipeline, token);
            pipeline.drain();
        }
        engine.images().begin(new PageImage(engine.usedBytes()));
        return engine;
    }
}
