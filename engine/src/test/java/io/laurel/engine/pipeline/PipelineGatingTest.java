package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineGatingTest {
    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final StubTarget target = new StubTarget(false);
    private final RecordingReplies replies = new RecordingReplies();

    private SynchronousPipeline pipeline(PipelineConfig config) {
        return new SynchronousPipeline(config, target, journal, replies);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldReplyOnlyAfterForceWhenDurable() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        commands.source(pipeline, 7);
        pipeline.runBatch(16);
        pipeline.egress();
        assertEquals(1, target.sequence(), "applied");
        assertEquals(List.of(), replies.replies(), "nothing before the force");
        assertEquals(0, pipeline.durableSequence());

        assertTrue(pipeline.force());
        assertEquals(List.of(), replies.replies(), "only on the event loop");
        pipeline.egress();
        assertEquals(List.of(new RecordingReplies.Reply(7, 1, target.resultCode(),
            target.resultValue())), replies.replies());
        assertEquals(List.of(1L), replies.batchEnds());
    }

    @Test
    void shouldReplyAfterAppendAndStillForceWhenAccepted() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(AckMode.ACCEPTED, 64, 64));
        commands.source(pipeline, 7);
        pipeline.egress();
        assertEquals(List.of(), replies.replies(), "nothing before the append");
        pipeline.runBatch(16);
        pipeline.egress();
        assertEquals(List.of(7L), replies.tokens());
        assertEquals(List.of(0L), replies.batchEnds(), "nothing is durable yet");

        pipeline.force();
        pipeline.egress();
        assertEquals(List.of(0L, 1L), replies.batchEnds(), "the durable sequence moved");
        assertEquals(1, pipeline.durableSequence());
    }

    @ParameterizedTest
    @EnumSource(AckMode.class)
    void shouldHandOutWhatALargeBatchHasComeTo(AckMode ack) {
        final SynchronousPipeline pipeline = pipeline(Commands.config(ack, 1_024, 1_024));
        final int count = 2 * EngineHandler.HAND_OUT + 1;
        for (int i = 1; i <= count; i++) {
            commands.source(pipeline, i);
        }
        final Map<Long, Integer> seen = new HashMap<>();
        target.onApplied(() -> {
            pipeline.egress();
            seen.put(target.sequence(), replies.replies().size());
        });
        assertEquals(count, pipeline.runBatch(count), "one batch");
        final boolean early = ack == AckMode.ACCEPTED;
        assertEquals(0, seen.get((long) EngineHandler.HAND_OUT), "not one by one");
        assertEquals(early ? EngineHandler.HAND_OUT : 0,
            seen.get((long) EngineHandler.HAND_OUT + 1));
        assertEquals(early ? 2 * EngineHandler.HAND_OUT : 0, seen.get((long) count));

        target.onApplied(() -> { });
        pipeline.drain();
        assertEquals(numbers(1, count), replies.tokens());
    }

    @Test
    void shouldHoldAnswerUntilWhatItSawIsDurable() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        commands.source(pipeline, 1);
        pipeline.runBatch(16);
        final StubTarget.Probe early = target.new Probe();
        assertTrue(pipeline.tryQuery(early));
        pipeline.runBatch(16);
        pipeline.egress();
        assertEquals(1, early.sequence(), "run");
        assertEquals(target.hash(), early.hash());
        assertEquals(List.of(), replies.queries(), "not handed out");

        pipeline.force();
        pipeline.egress();
        assertEquals(List.<EngineQuery>of(early), replies.queries());
    }

    @Test
    void shouldAnswerWithoutForceWhenNothingIsOpen() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        final StubTarget.Probe probe = target.new Probe();
        pipeline.tryQuery(probe);
        pipeline.runBatch(16);
        pipeline.egress();
        assertSame(probe, replies.queries().get(0));
        assertEquals(0, journal.blocks(), "a read is not journaled");
        assertEquals(0, target.sequence(), "and takes no sequence");
    }

    @Test
    void shouldRingOnceForManyReadsAndRefuseBeyondTheLimit() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        for (int i = 0; i < 16; i++) {
            assertTrue(pipeline.tryQuery(target.new Probe()));
        }
        assertFalse(pipeline.tryQuery(target.new Probe()), "too many reads wait");
        assertEquals(1, pipeline.runBatch(64), "one doorbell");
        pipeline.egress();
        assertEquals(16, replies.queries().size());
        assertTrue(pipeline.tryQuery(target.new Probe()));
        assertEquals(1, pipeline.runBatch(64), "the bell rings again");
    }

    @Test
    void shouldPublishTogetherWhatComesInInOneTurnOfTheLoop() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(AckMode.DURABLE, 256, 1000));
        for (int i = 1; i < 32; i++) {
            commands.source(pipeline, i);
        }
        assertEquals(0, pipeline.published(), "the turn is not over");
        commands.source(pipeline, 32);
        assertEquals(32, pipeline.published(), "as many as the engine looks at at once");
        commands.source(pipeline, 33);
        assertEquals(32, pipeline.published());
        pipeline.egress();
        assertEquals(33, pipeline.published(), "the turn is over");
        commands.source(pipeline, 34);
        pipeline.tryQuery(target.new Probe());
        assertEquals(35, pipeline.published(), "a read does not overtake a command");
        pipeline.drain();
        assertEquals(numbers(1, 34), replies.tokens());
    }

    @Test
    void shouldPublishAtOnceWhereTheLoopTakesNoMoreTasks() {
        final EnginePipeline pipeline = new EnginePipeline(Commands.config(), target, journal,
            task -> {
                throw new RejectedExecutionException();
            }, replies, failure -> { });
        pipeline.publisher.open();
        assertTrue(pipeline.tryPublish(7, 0, new UnsafeBuffer(new byte[8]), 0, 8, 1));
        assertTrue(pipeline.tryPublish(7, 0, new UnsafeBuffer(new byte[8]), 0, 8, 2));
        assertEquals(1, pipeline.ring.getCursor());
    }

    @Test
    void shouldAppendOneBlockForABatchAndForceOnceForMany() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        for (long token = 1; token <= 30; token++) {
            commands.source(pipeline, token);
        }
        pipeline.runBatch(10);
        pipeline.runBatch(10);
        pipeline.runBatch(10);
        assertEquals(3, journal.blocks());
        assertEquals(0, journal.forces());
        pipeline.drain();
        assertEquals(1, journal.forces());
        assertEquals(numbers(1, 30), replies.tokens());
        assertEquals(List.of(30L), replies.batchEnds(), "one burst");
        assertEquals(10, pipeline.status().largestBatch());
        assertEquals(10.0, pipeline.status().meanBatch());
    }

    @Test
    void shouldReleaseOnlyUpToTheForcedSequence() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        commands.source(pipeline, 1);
        commands.source(pipeline, 2);
        pipeline.runBatch(2);
        pipeline.force();
        commands.source(pipeline, 3);
        pipeline.runBatch(2);
        pipeline.egress();
        assertEquals(List.of(1L, 2L), replies.tokens());
        pipeline.drain();
        assertEquals(List.of(1L, 2L, 3L), replies.tokens());
    }

    @Test
    void shouldRefuseAndLoseNothingWhenRingIsFull() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(AckMode.DURABLE, 16, 1000));
        final int room = 16 - CommandPublisher.INTERNAL_SLOTS;
        assertEquals(room, pipeline.remainingCapacity());
        long token = 0;
        while (commands.source(pipeline, token + 1)) {
            token++;
        }
        assertEquals(room, token);
        assertEquals(0, pipeline.remainingCapacity());
        assertTrue(pipeline.tryQuery(target.new Probe()), "a doorbell still fits");
        pipeline.drain();
        assertEquals(numbers(1, room), replies.tokens());
        assertEquals(1, replies.queries().size());
        assertEquals(room, pipeline.remainingCapacity());
        assertTrue(commands.source(pipeline, token + 1));
    }

    @Test
    void shouldRefuseWhenTooManyRepliesAreOpen() {
        final SynchronousPipeline pipeline = pipeline(Commands.config(AckMode.DURABLE, 64, 5));
        for (long token = 1; token <= 5; token++) {
            assertTrue(commands.source(pipeline, token));
        }
        pipeline.runBatch(64);
        assertFalse(commands.source(pipeline, 6), "five replies wait for the disk");
        assertEquals(0, pipeline.remainingCapacity());
        assertTrue(commands.source(pipeline, 0), "nobody waits for this one");
        pipeline.drain();
        assertTrue(commands.source(pipeline, 6));
        pipeline.drain();
        assertEquals(numbers(1, 6), replies.tokens());
    }

    @Test
    void shouldCarryLargeBodiesAndBoundTheirBytes() {
        final int ringSlots = 256;
        final SynchronousPipeline pipeline =
            pipeline(Commands.config(AckMode.DURABLE, ringSlots, 1000));
        long token = 0;
        while (commands.document(pipeline, 1_000_000, token + 1)) {
            token++;
        }
        assertEquals(67, token, "64 MiB of bodies");
        assertTrue(commands.source(pipeline, 1000), "a small one needs no room");
        pipeline.drain();
        assertEquals(68, replies.replies().size());
        assertEquals(67, journal.blocks(), "none over 1 MiB");
        assertTrue(commands.document(pipeline, 1_000_000, 1));
    }

    @Test
    void shouldPublishNothingWhenArgumentsAreWrong() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        final UnsafeBuffer body = new UnsafeBuffer(new byte[64]);
        assertThrows(IllegalArgumentException.class,
            () -> pipeline.tryPublish(1, 65, body, 0, 64, 1), "block beyond body");
        assertThrows(IllegalArgumentException.class,
            () -> pipeline.tryPublish(70_000, 0, body, 0, 64, 1), "template");
        assertThrows(IllegalArgumentException.class,
            () -> pipeline.tryPublish(1, 0, body, 0, (1 << 20) + 1, 1), "length");
        assertThrows(IndexOutOfBoundsException.class,
            () -> pipeline.tryPublish(1, 0, body, 1, 64, 1), "beyond the buffer");
        assertEquals(0, pipeline.runBatch(64), "no slot was claimed");
        assertNull(pipeline.failure());
    }

    @Test
    void shouldCloseIntakeWhenStorageIsLowOrStateIsFull() {
        final SynchronousPipeline pipeline = pipeline(Commands.config());
        assertTrue(pipeline.intakeOpen());
        journal.storageLow(true);
        assertFalse(pipeline.intakeOpen());
        assertEquals(IntakeState.STORAGE_LOW, pipeline.intakeState());
        assertTrue(commands.source(pipeline, 1), "other commands go on");
        journal.storageLow(false);
        assertTrue(pipeline.intakeOpen());
        target.hasRoom(false);
        pipeline.drain();
        assertFalse(pipeline.intakeOpen(), "as the engine said after its last batch");
        assertEquals(IntakeState.CAPACITY, pipeline.intakeState());
    }

    @Test
    void shouldRefuseToStandElsewhereThanTheJournal() {
        target.apply(1, 1, 1, 0, 0, new UnsafeBuffer(new byte[0]), 0, 0);
        assertThrows(IllegalArgumentException.class, () -> pipeline(Commands.config()));
    }
}
