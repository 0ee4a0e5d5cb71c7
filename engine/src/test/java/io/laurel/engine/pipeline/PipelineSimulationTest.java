package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import io.laurel.engine.port.WrappedTarget;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A seeded life of a node with failures of the disk and power cuts. After each step: replies and
 * answers never ran ahead of the disk; after each cut: what was promised is there, unchanged.
 */
class PipelineSimulationTest {
    private static final int STEPS = 4_000;

    private final Commands commands = new Commands();
    private final Map<Long, Long> promisedValues = new HashMap<>();
    private Random random;
    private MemoryJournal journal;
    private StubTarget target;
    private RecordingReplies replies;
    private SynchronousPipeline pipeline;
    private long wallNs;
    private long token;
    private long promised;
    private int repliesSeen;
    private int queriesSeen;
    private int cuts;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldKeepEveryPromiseWhateverFailsWhen(long seed) throws IOException {
        random = new Random(seed);
        try {
            journal = new MemoryJournal();
            target = new StubTarget(false);
            begin();
            for (int step = 0; step < STEPS; step++) {
                step();
                check();
                if (pipeline.failure() != null || random.nextInt(400) == 0) {
                    cutPower();
                }
            }
            assertTrue(cuts > 3 && promised > 100, cuts + " cuts, promised " + promised);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void begin() {
        replies = new RecordingReplies();
        repliesSeen = 0;
        queriesSeen = 0;
        pipeline = new SynchronousPipeline(new PipelineConfig(Threading.SHARED, WaitMode.BLOCK,
            AckMode.DURABLE, false, 64, 40, 8, () -> wallNs), target, journal, replies);
        if (random.nextInt(2) == 0) {
            journal.failAppendAt(journal.lastAppendedSequence() + 1 + random.nextInt(2_000));
        } else {
            journal.failForceAt(1 + random.nextInt(200));
        }
    }

    private void step() {
        wallNs += random.nextInt(100_000_000) - 10_000_000;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> publishSome();
            case 3 -> pipeline.tryQuery(target.new Probe());
            case 4 -> pipeline.runBatch(1 + random.nextInt(20));
            case 5 -> pipeline.force();
            case 6 -> pipeline.egress();
            default -> {
                if (random.nextInt(20) == 0) {
                    target.dueWork(wallNs + random.nextInt(1_000_000_000),
                        1 + random.nextInt(3));
                }
                pipeline.tickIfDue(wallNs);
            }
        }
    }

    private void publishSome() {
        final int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            token++;
            final boolean taken = random.nextInt(20) == 0
                ? commands.document(pipeline, random.nextInt(3_000), token)
                : commands.source(pipeline, token);
            token -= taken ? 0 : 1;
        }
    }

    private void check() {
        final long durable = journal.crash().lastAppendedSequence();
        for (; repliesSeen < replies.replies().size(); repliesSeen++) {
            final RecordingReplies.Reply reply = replies.replies().get(repliesSeen);
            assertTrue(reply.sequence() <= durable, "reply ahead of the disk: " + reply);
            assertTrue(reply.sequence() > promised, "out of order or twice: " + reply);
            promised = reply.sequence();
            promisedValues.put(promised, reply.value());
        }
        for (; queriesSeen < replies.queries().size(); queriesSeen++) {
            assertTrue(replies.queries().get(queriesSeen).sequence() <= durable,
                "answer ahead of the disk");
        }
        assertTrue(target.sequence() <= journal.lastAppendedSequence(), "memory ahead of the log");
    }

    private void cutPower() throws IOException {
        cuts++;
        if (pipeline.failure() != null) {
            assertEquals(FailureKind.JOURNAL, pipeline.failure().kind(), "only the disk fails");
        }
        journal = journal.crash();
        target = new StubTarget(false);
        final RecoveryReport report = Recovery.replay(journal.reader(), new Checked(target),
            Recovery.NO_SKIP, Progress.NONE);
        assertTrue(report.lastSequence() >= promised,
            "promised " + promised + ", left " + report.lastSequence());
        assertEquals(journal.lastAppendedSequence(), report.lastSequence());
        begin();
    }

    /** Compares each result with what was promised for that sequence: a hash over all before. */
    private final class Checked extends WrappedTarget {
        private final StubTarget inner;

        Checked(StubTarget inner) {
            super(inner);
            this.inner = inner;
        }

        @Override
        public void apply(long sequence, long timeNs, int templateId, int version,
            int blockLength, DirectBuffer buffer, int offset, int length) {
            super.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset,
                length);
            assertEquals(promisedValues.getOrDefault(sequence, inner.hash()), inner.hash());
        }
    }
}
