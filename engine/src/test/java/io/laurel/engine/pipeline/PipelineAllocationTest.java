package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.engine.port.StubTarget;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineAllocationTest {
    private static final int WARM_UP = 50_000;
    private static final int COMMANDS = 200_000;
    private static final long MOST_BYTES = 4_096;

    private final ThreadMXBean threadFigures =
        (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Commands commands = new Commands();
    private final ManualEventLoop loop = new ManualEventLoop();
    private final Counter counter = new Counter();

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldAllocateNothingFromRingToOutput(Threading threading) {
        final MemoryJournal journal = new MemoryJournal(32 << 20);
        final EnginePipeline pipeline = new EnginePipeline(
            PipelineConfig.defaults(false).with(threading, WaitMode.BACKOFF, AckMode.DURABLE),
            new StubTarget(false), journal, loop, counter, failure -> { });
        pipeline.start();
        run(pipeline, WARM_UP);
        final long[] before = allocated(pipeline);
        run(pipeline, WARM_UP + COMMANDS);
        final long[] after = allocated(pipeline);

        final CompletableFuture<Void> closing = CompletableFuture.runAsync(pipeline::close);
        loop.runUntil(closing::isDone, "close");
        closing.join();
        assertEquals(WARM_UP + COMMANDS, journal.lastAppendedSequence());
        for (int i = 0; i < before.length; i++) {
            final long bytes = after[i] - before[i];
            assertTrue(bytes <= MOST_BYTES, pipeline.threads().get(i).getName() + " allocated "
                + bytes + " bytes for " + COMMANDS + " commands");
        }
    }

    private void run(EnginePipeline pipeline, long upTo) {
        for (long token = counter.replies + 1; token <= upTo; token++) {
            while (!commands.advance(pipeline, token, token)) {
                loop.runAll();
            }
        }
        loop.runUntil(() -> counter.replies == upTo, "all replies");
    }

    private long[] allocated(EnginePipeline pipeline) {
        return pipeline.threads().stream()
            .mapToLong(thread -> threadFigures.getThreadAllocatedBytes(thread.getId())).toArray();
    }

    private static final class Counter implements ReplyHandler {
        private long replies;

        @Override
        public void onReply(long token, long sequence, int code, long value) {
            replies++;
            assertEquals(replies, token);
        }

        @Override
        public void onQuery(EngineQuery query) {
            throw new AssertionError("nobody asked");
        }

        @Override
        public void onBatchEnd(long durableSequence) {
            assertTrue(durableSequence >= replies);
        }
    }
}
