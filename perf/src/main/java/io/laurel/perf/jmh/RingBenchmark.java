package io.laurel.perf.jmh;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.engine.pipeline.PipelineConfig;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.Journal;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.engine.port.SnapshotSink;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ticks through ring, block and engine and back as replies, with a log that forgets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingBenchmark {
    private static final int BURST = 1_024;

    @Param({"SHARED", "DEDICATED"})
    private Threading threading;

    private final CommandWriter writer = new CommandWriter();
    private final Loop loop = new Loop();
    private final Forgetful journal = new Forgetful();
    private final Counter counter = new Counter();
    private Engine engine;
    private EnginePipeline pipeline;
    private long sent;

    /** Tasks that run on the benchmark's thread. */
    private static final class Loop implements Executor {
        private final LinkedTransferQueue<Runnable> tasks = new LinkedTransferQueue<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    /** A log that keeps nothing. */
    private static final class Forgetful implements Journal {
        private volatile long last;

        @Override
        public void append(DirectBuffer block, int offset, int length, long firstSequence,
            long lastSequence, long durableMark) {
            last = lastSequence;
        }

        @Override
        public long force() {
            return last;
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

    /** Counts replies. */
    private static final class Counter implements ReplyHandler {
        private long replies;

        @Override
        public void onReply(long token, long sequence, int code, long value) {
            replies++;
        }

        @Override
        public void onQuery(EngineQuery query) {
            throw new IllegalStateException("nobody asked");
        }

        @Override
        public void onBatchEnd(long durableSequence) {
            // the burst waits for its count
        }
    }

    /** Starts the pipeline. */
    @Setup
    public void start() {
        engine = new Engine(64L << 20);
        pipeline = new EnginePipeline(
            PipelineConfig.defaults(false).with(threading, WaitMode.BACKOFF, AckMode.ACCEPTED),
            engine, journal, loop, counter, failure -> { }, SnapshotSink.NONE);
        pipeline.start();
        writer.genesis(new CommandWriter.Limits(1, 1, 1_000, 10, 64L << 20, 1), false, 7);
        publish();
        writer.tick();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        final Thread closing = new Thread(pipeline::close);
        closing.start();
        while (closing.isAlive()) {
            loop.run();
            Thread.onSpinWait();
        }
        engine.close();
    }

    private void publish() {
        while (!pipeline.tryPublish(writer.templateId(), writer.blockLength(), writer.buffer(),
            0, writer.length(), ++sent)) {
            sent--;
            loop.run();
        }
    }

    /** Sends a burst and waits for its replies. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burst() {
        for (int i = 0; i < BURST; i++) {
            publish();
        }
        while (counter.replies < sent) {
            loop.run();
            Thread.onSpinWait();
        }
    }
}
