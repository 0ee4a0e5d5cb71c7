package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import org.junit.jupiter.api.Test;

class TickerTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long STEP_NS = 50_000_000L;

    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final StubTarget target = new StubTarget(false);
    private final RecordingReplies replies = new RecordingReplies();

    private SynchronousPipeline pipeline(PipelineConfig config, StubTarget over) {
        return new SynchronousPipeline(config, over, journal, replies);
    }

    private int ticksWithin(SynchronousPipeline pipeline, long fromNs, long toNs) {
        int ticks = 0;
        for (long now = fromNs; now < toNs; now += STEP_NS) {
            ticks += pipeline.tickIfDue(now) ? 1 : 0;
            pipeline.drain();
        }
        return ticks;
    }

    @Test
    void shouldNotGrowTheJournalWhenIdle() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        assertEquals(0, ticksWithin(pipeline, SECOND_NS, 60 * SECOND_NS));
        assertEquals(0, journal.blocks());
    }

    @Test
    void shouldWriteTheDurableMarkOnceWithinASecond() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        commands.source(pipeline, 1);
        pipeline.drain();
        assertEquals(0, journal.mark(0), "the mark is not yet in the log");
        assertEquals(1, ticksWithin(pipeline, SECOND_NS, 2 * SECOND_NS));
        assertEquals(2, journal.blocks());
        assertEquals(1, journal.mark(1));
        assertEquals(0, ticksWithin(pipeline, 2 * SECOND_NS, 60 * SECOND_NS));
        assertEquals(2, target.sequence());
    }

    @Test
    void shouldNotTickForTheMarkWhileBlocksCarryIt() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        for (long now = SECOND_NS; now < 5 * SECOND_NS; now += STEP_NS) {
            commands.source(pipeline, 1);
            pipeline.drain();
            assertFalse(pipeline.tickIfDue(now));
        }
    }

    @Test
    void shouldWaitWithTheMarkWhileNothingIsDurable() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        commands.source(pipeline, 1);
        pipeline.runBatch(4);
        for (long now = SECOND_NS; now < 5 * SECOND_NS; now += STEP_NS) {
            assertFalse(pipeline.tickIfDue(now), "such a mark would say nothing");
        }
        pipeline.force();
        assertTrue(pipeline.tickIfDue(5 * SECOND_NS));
    }

    @Test
    void shouldTickWhenTheDeadlineHasPassed() {
        target.dueWork(SECOND_NS, 1);
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        assertFalse(pipeline.tickIfDue(SECOND_NS - 1));
        assertTrue(pipeline.tickIfDue(SECOND_NS));
        assertFalse(pipeline.tickIfDue(SECOND_NS), "one is on its way");
        pipeline.drain();
        assertEquals(1, target.sequence());
        assertEquals(Long.MAX_VALUE, target.nextDeadlineNs(), "the work was done");
        assertEquals(0, replies.replies().size(), "nobody waits for a tick");
        assertFalse(pipeline.tickIfDue(SECOND_NS));
    }

    @Test
    void shouldPutTheMarkOverATickThatDidWork() {
        target.dueWork(SECOND_NS, 1);
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        assertEquals(2, ticksWithin(pipeline, SECOND_NS, 10 * SECOND_NS));
        assertEquals(1, journal.mark(1));
    }

    @Test
    void shouldGoByLogTimeAloneInClockModeEvent() {
        final StubTarget eventTarget = new StubTarget(true);
        eventTarget.dueWork(10 * SECOND_NS, 3);
        final SynchronousPipeline pipeline = pipeline(Commands.eventClockConfig(), eventTarget);
        assertFalse(pipeline.tickIfDue(20 * SECOND_NS), "wall time says nothing");
        commands.event(pipeline, 10 * SECOND_NS, 1);
        pipeline.drain();
        assertTrue(pipeline.tickIfDue(0), "the first of three slices is done");
        pipeline.drain();
        assertTrue(pipeline.tickIfDue(0));
        pipeline.drain();
        assertFalse(pipeline.tickIfDue(0), "all three are done");
        assertEquals(3, eventTarget.sequence());
    }

    @Test
    void shouldNotTickForNothingAtTheEndOfTime() {
        final StubTarget eventTarget = new StubTarget(true);
        final SynchronousPipeline pipeline = pipeline(Commands.eventClockConfig(), eventTarget);
        commands.advance(pipeline, Long.MAX_VALUE, 1);
        pipeline.drain();
        assertEquals(Long.MAX_VALUE, eventTarget.timeNs());
        assertFalse(pipeline.tickIfDue(0));
    }

    @Test
    void shouldGoOnWithSlicesWhenTheWallClockIsBehindTheLog() {
        target.dueWork(SECOND_NS / 2, 2);
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        commands.source(pipeline, 1);
        pipeline.drain();
        assertTrue(pipeline.tickIfDue(0), "due by the log's time, which is one second");
        pipeline.drain();
        assertEquals(Long.MAX_VALUE, target.nextDeadlineNs());
    }

    @Test
    void shouldSurviveAClockThatStepsBack() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(), target);
        commands.source(pipeline, 1);
        pipeline.drain();
        assertFalse(pipeline.tickIfDue(100 * SECOND_NS));
        assertEquals(1, ticksWithin(pipeline, SECOND_NS, 2 * SECOND_NS));
    }
}
