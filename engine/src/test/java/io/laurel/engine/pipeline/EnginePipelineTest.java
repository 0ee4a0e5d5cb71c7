package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePipelineTest {
    private static final int COMMANDS = 20_000;

    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final StubTarget target = new StubTarget(false);
    private final RecordingReplies replies = new RecordingReplies();
    private final ManualEventLoop loop = new ManualEventLoop();
    private final AtomicReference<PipelineFailure> reported = new AtomicReference<>();
    private EnginePipeline pipeline;

    private void start(Threading threading, WaitMode waiting, AckMode ack) {
        pipeline = new EnginePipeline(Commands.config(ack, 256, 4_096)
            .with(threading, waiting, ack), target, journal, loop, replies, reported::set);
        pipeline.start();
    }

    @AfterEach
    void close() {
        if (pipeline != null) {
            closeBesideTheLoop();
        }
    }

    /** Closes from another thread while this one is the event loop. */
    private void closeBesideTheLoop() {
        final CompletableFuture<Void> closing = CompletableFuture.runAsync(pipeline::close);
        loop.runUntil(closing::isDone, "close");
        closing.join();
        pipeline.threads().forEach(thread -> assertFalse(thread.isAlive(), thread.getName()));
    }

    private void publishAll(int count) {
        for (int i = 1; i <= count; i++) {
            final long token = i;
            loop.runUntil(() -> publish(token), "room for " + token);
        }
    }

    @Test
    void shouldAskTheDiskOnlyEveryFourMillisecondsWhereNobodyWaitsForIt() {
        final long begunNs = System.nanoTime();
        start(Threading.SHARED, WaitMode.BLOCK, AckMode.ACCEPTED);
        publishAll(COMMANDS / 10);
        loop.runUntil(() -> pipeline.durableSequence() == COMMANDS / 10, "all of it on disk");
        final long forces = pipeline.status().forces();
        final long mostForces = (System.nanoTime() - begunNs) / 4_000_000 + 1;
        assertTrue(forces >= 1 && forces <= mostForces, forces + " forces of " + mostForces);
    }

    private boolean publish(long token) {
        return token % 50 == 0 ? commands.document(pipeline, 2_000, token)
            : commands.source(pipeline, token);
    }

    @ParameterizedTest
    @CsvSource({"SHARED,SPIN,DURABLE", "SHARED,YIELD,DURABLE", "SHARED,BACKOFF,DURABLE",
        "SHARED,BLOCK,ACCEPTED", "SHARED,BACKOFF,ACCEPTED",
        "DEDICATED,YIELD,DURABLE", "DEDICATED,BACKOFF,DURABLE",
        "DEDICATED,BACKOFF,ACCEPTED", "DEDICATED,BLOCK,DURABLE"})
    void shouldWriteTheSameJournalAndRepliesHoweverThreadsAreLaidOut(Threading threading,
        WaitMode waiting, AckMode ack) {
        final int count = waiting == WaitMode.SPIN ? COMMANDS / 20 : COMMANDS;
        final MemoryJournal plainJournal = new MemoryJournal();
        final StubTarget plainTarget = new StubTarget(false);
        final RecordingReplies plainReplies = new RecordingReplies();
        final SynchronousPipeline plain = new SynchronousPipeline(
            Commands.config(AckMode.DURABLE, 32_768, 32_768), plainTarget, plainJournal,
            plainReplies);
        for (int i = 1; i <= count; i++) {
            assertTrue(i % 50 == 0 ? commands.document(plain, 2_000, i)
                : commands.source(plain, i));
        }
        plain.drain();

        start(threading, waiting, ack);
        publishAll(count);
        loop.runUntil(() -> replies.replies().size() == count, "all replies");
        closeBesideTheLoop();
        assertNull(reported.get());
        assertArrayEquals(plainJournal.bytes(), journal.bytes());
        assertEquals(plainReplies.replies(), replies.replies());
        assertEquals(plainTarget.hash(), target.hash());
        assertEquals(count, pipeline.durableSequence());
        assertEquals(LongStream.rangeClosed(1, count).boxed().toList(), replies.tokens());
        final List<Long> ends = replies.batchEnds();
        assertEquals(ends.stream().sorted().toList(), ends, "the durable sequence only grows");
    }

    @ParameterizedTest
    @CsvSource({"SHARED", "DEDICATED"})
    void shouldGroupCommandsWhileAForceIsUnderWay(Threading threading) {
        start(threading, WaitMode.BACKOFF, AckMode.DURABLE);
        publishAll(COMMANDS);
        loop.runUntil(() -> replies.replies().size() == COMMANDS, "all replies");
        final PipelineStatus status = pipeline.status();
        assertEquals(COMMANDS, status.commands());
        assertTrue(status.blocks() < COMMANDS, "blocks hold batches");
        assertTrue(status.forces() <= status.blocks(), "a force takes whole blocks");
        assertTrue(status.largestBatch() > 1 && status.largestBatch() <= 256);
        assertEquals(status.forces(), LongStream.of(status.forceHistogram()).sum());
        loop.runUntil(() -> pipeline.status().ringDepth() == 0, "the ring is empty");
    }

    @ParameterizedTest
    @CsvSource({"SHARED,BACKOFF,DURABLE", "SHARED,BACKOFF,ACCEPTED", "SHARED,BLOCK,DURABLE",
        "DEDICATED,BACKOFF,DURABLE", "DEDICATED,BLOCK,DURABLE"})
    void shouldNeverMissAWakeUpWhenOneFollowsTheOther(Threading threading, WaitMode waiting,
        AckMode ack) {
        start(threading, waiting, ack);
        for (int i = 1; i <= 500; i++) {
            final int number = i;
            if (i % 3 == 0) {
                assertTrue(pipeline.tryQuery(target.new Probe()));
                loop.runUntil(() -> replies.queries().size() == number / 3, "answer " + number);
            } else {
                assertTrue(commands.source(pipeline, i));
                loop.runUntil(() -> replies.replies().size() == number - number / 3,
                    "reply " + number);
            }
        }
    }

    @Test
    void shouldAnswerReadsBesideCommandsFromDurableStates() {
        start(Threading.SHARED, WaitMode.BACKOFF, AckMode.DURABLE);
        final List<StubTarget.Probe> probes = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            final long token = i;
            loop.runUntil(() -> commands.source(pipeline, token), "room");
            if (i % 10 == 0) {
                final StubTarget.Probe probe = target.new Probe();
                loop.runUntil(() -> pipeline.tryQuery(probe), "room for a read");
                probes.add(probe);
            }
        }
        loop.runUntil(() -> replies.queries().size() == probes.size(), "all answers");
        loop.runUntil(() -> replies.replies().size() == 2_000, "all replies");
        assertEquals(probes, replies.queries(), "in the order in which they came");
        for (final StubTarget.Probe probe : probes) {
            final long at = probe.sequence();
            if (at > 0) {
                assertEquals(replies.replies().get((int) at - 1).value(), probe.hash());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SHARED", "DEDICATED"})
    void shouldDrainEverythingWhenClosed(Threading threading) {
        start(threading, WaitMode.BACKOFF, AckMode.DURABLE);
        for (long token = 1; token <= 200; token++) {
            assertTrue(commands.source(pipeline, token));
        }
        final StubTarget.Probe probe = target.new Probe();
        assertTrue(pipeline.tryQuery(probe));
        closeBesideTheLoop();
        assertEquals(200, replies.replies().size());
        assertEquals(List.of(probe), replies.queries());
        assertEquals(200, journal.crash().lastAppendedSequence(), "all of it is forced");
        assertFalse(commands.source(pipeline, 201));
        assertFalse(pipeline.tryQuery(probe));
        assertFalse(journal.closed(), "the journal is its owner's to close");
        assertThrows(IllegalStateException.class, pipeline::start);
    }

    @Test
    void shouldSayWhenTheEventLoopDiedBeforeTheReplies() {
        start(Threading.SHARED, WaitMode.BACKOFF, AckMode.DURABLE);
        loop.die();
        assertTrue(commands.source(pipeline, 1));
        try {
            pipeline.close();
            assertEquals(FailureKind.OTHER, reported.get().kind());
        } finally {
            pipeline.threads().forEach(thread -> assertFalse(thread.isAlive()));
            pipeline = null;
        }
    }

    @ParameterizedTest
    @CsvSource({"SHARED,JOURNAL", "DEDICATED,JOURNAL", "SHARED,APPLY", "DEDICATED,APPLY"})
    void shouldFallSilentWhenAStageFails(Threading threading, FailureKind kind) {
        if (kind == FailureKind.JOURNAL) {
            journal.failAppendAt(5_000);
        } else {
            target.failAt(5_000);
        }
        start(threading, WaitMode.BACKOFF, AckMode.ACCEPTED);
        for (int i = 1; i <= COMMANDS && !pipeline.status().failed(); i++) {
            final long token = i;
            loop.runUntil(() -> commands.source(pipeline, token) || reported.get() != null,
                "room or failure");
        }
        loop.runUntil(() -> reported.get() != null, "failure");
        final int before = replies.replies().size();
        closeBesideTheLoop();
        assertEquals(kind, reported.get().kind());
        assertEquals(before, replies.replies().size(), "silent from then on");
        assertTrue(before < 5_000);
        if (kind == FailureKind.APPLY) {
            assertEquals(5_000, reported.get().sequence());
            assertTrue(journal.lastAppendedSequence() >= 5_000);
        } else {
            assertEquals(journal.lastAppendedSequence() + 1, reported.get().sequence());
        }
        assertEquals(Math.min(4_999, journal.lastAppendedSequence()), target.sequence());
    }

    @ParameterizedTest
    @CsvSource({"SHARED", "DEDICATED"})
    void shouldReplyToNothingThatAFailedForceLeftBehind(Threading threading) {
        journal.failForceAt(3);
        start(threading, WaitMode.BACKOFF, AckMode.DURABLE);
        for (int i = 1; i <= 400 && reported.get() == null; i++) {
            commands.source(pipeline, i);
            loop.runAll();
        }
        for (int i = 401; reported.get() == null; i++) {
            final int number = i;
            commands.source(pipeline, number);
            loop.runUntil(() -> reported.get() != null || pipeline.durableSequence()
                == pipeline.status().appliedSequence(), "force or failure");
        }
        closeBesideTheLoop();
        assertEquals(FailureKind.JOURNAL, reported.get().kind());
        assertEquals(3, journal.forces());
        final long durable = journal.crash().lastAppendedSequence();
        assertEquals(durable + 1, reported.get().sequence());
        assertTrue(replies.replies().stream().allMatch(reply -> reply.sequence() <= durable));
    }
}
