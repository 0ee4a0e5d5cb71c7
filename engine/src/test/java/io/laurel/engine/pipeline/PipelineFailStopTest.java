package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.Journal;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.engine.port.StubTarget;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class PipelineFailStopTest {
    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final StubTarget target = new StubTarget(false);
    private final RecordingReplies replies = new RecordingReplies();
    private final SynchronousPipeline pipeline =
        new SynchronousPipeline(Commands.config(), target, journal, replies);

    private void publish(int count) {
        for (int i = 1; i <= count; i++) {
            assertTrue(commands.source(pipeline, i));
        }
    }

    private void assertSilent(FailureKind kind, long sequence, List<Long> repliesBefore) {
        assertEquals(kind, pipeline.failure().kind());
        assertEquals(sequence, pipeline.failure().sequence());
        assertTrue(pipeline.failure().message().contains(Long.toString(sequence)));
        pipeline.drain();
        assertEquals(repliesBefore, replies.tokens());
        assertEquals(List.of(), replies.queries());
        assertFalse(commands.source(pipeline, 99));
        assertFalse(pipeline.tryQuery(target.new Probe()));
        assertFalse(pipeline.tickIfDue(Long.MAX_VALUE / 2));
        assertFalse(pipeline.intakeOpen());
        assertEquals(0, pipeline.remainingCapacity());
        assertTrue(pipeline.status().failed());
    }

    @Test
    void shouldApplyNothingWhenAppendFails() {
        journal.failAppendAt(3);
        publish(5);
        pipeline.runBatch(2);
        pipeline.runBatch(2);
        assertEquals(2, target.sequence(), "the failed block is not applied");
        assertEquals(2, pipeline.status().appendedSequence());
        assertEquals(70, pipeline.failure().kind().exitCode());
        assertSilent(FailureKind.JOURNAL, 3, List.of());
    }

    @Test
    void shouldReleaseNothingWhenForceFails() {
        journal.failForceAt(2);
        publish(4);
        pipeline.runBatch(2);
        pipeline.force();
        pipeline.egress();
        pipeline.runBatch(2);
        assertFalse(pipeline.force());
        assertEquals(2, pipeline.durableSequence());
        assertSilent(FailureKind.JOURNAL, 3, List.of(1L, 2L));
        assertEquals(2, journal.forces(), "a failed force is never repeated");
    }

    @Test
    void shouldNameTheCommandThatCannotBeLookedAt() {
        target.failLookAheadAt(3);
        publish(5);
        pipeline.runBatch(16);
        assertEquals(71, pipeline.failure().kind().exitCode());
        assertSilent(FailureKind.APPLY, 3, List.of());
    }

    @Test
    void shouldStopAtTheCommandThatCannotBeApplied() {
        target.failAt(3);
        publish(5);
        assertEquals(0, pipeline.runBatch(5), "the batch was not finished");
        assertEquals(5, pipeline.status().appendedSequence(), "all of them are in the journal");
        assertEquals(2, pipeline.status().appliedSequence());
        assertEquals(71, pipeline.failure().kind().exitCode());
        assertEquals(ArithmeticException.class, pipeline.failure().cause().getClass());
        assertSilent(FailureKind.APPLY, 3, List.of());
    }

    @Test
    void shouldStopWhenAReadThrows() {
        publish(1);
        pipeline.runBatch(5);
        pipeline.tryQuery(new EngineQuery() {
            @Override
            public void run(Engine engine) {
                throw new IllegalStateException("bad read");
            }

            @Override
            public long sequence() {
                return 0;
            }
        });
        pipeline.runBatch(5);
        assertSilent(FailureKind.OTHER, 1, List.of());
    }

    @Test
    void shouldStopWhenTheReplyHandlerThrows() {
        final ReplyHandler throwing = new ReplyHandler() {
            @Override
            public void onReply(long token, long sequence, int code, long value) {
                replies.onReply(token, sequence, code, value);
                throw new IllegalStateException("bad gateway");
            }

            @Override
            public void onQuery(EngineQuery query) {
                replies.onQuery(query);
            }

            @Override
            public void onBatchEnd(long durableSequence) {
                replies.onBatchEnd(durableSequence);
            }
        };
        final SynchronousPipeline other = new SynchronousPipeline(Commands.config(),
            new StubTarget(false), new MemoryJournal(), throwing);
        commands.source(other, 1);
        commands.source(other, 2);
        other.drain();
        assertEquals(FailureKind.OTHER, other.failure().kind());
        assertEquals(List.of(1L), replies.tokens());
        assertEquals(List.of(), replies.batchEnds());
    }

    @Test
    void shouldStopWhenAForceDoesNotCoverWhatWasAppended() {
        final StubTarget other = new StubTarget(false);
        final SynchronousPipeline lying = new SynchronousPipeline(Commands.config(), other,
            new LazyJournal(), replies);
        commands.source(lying, 1);
        lying.drain();
        assertEquals(FailureKind.JOURNAL, lying.failure().kind());
        assertEquals(List.of(), replies.replies());
    }

    /** Claims success and forces nothing. */
    private static final class LazyJournal implements Journal {
        private long last;

        @Override
        public void append(DirectBuffer block, int offset, int length,
            long firstSequence, long lastSequence, long durableMark) {
            last = lastSequence;
        }

        @Override
        public long force() {
            return 0;
        }

        @Override
        public long lastAppendedSequence() {
            return last;
        }

        @Override
        public boolean storageLow() {
            return false;
        }

        @Override
        public void close() {
            last = 0;
        }
    }
}
