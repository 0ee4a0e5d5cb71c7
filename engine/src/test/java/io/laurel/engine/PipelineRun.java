package io.laurel.engine;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.engine.pipeline.PipelineConfig;
import io.laurel.engine.pipeline.PipelineFailure;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.SnapshotSink;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A stream that went through the real pipeline, on its own threads, under a clock that the test
 * moves.
 *
 * @param journal what was written
 * @param root of the live engine at the end
 * @param digests of its contests
 */
record PipelineRun(MemoryJournal journal, String root, TreeMap<String, String> digests) {
    private static final long MEMORY_BYTES = 256L << 20;

    static PipelineRun of(List<Step> steps, boolean eventClock, Threading threading) {
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            final MemoryJournal journal = new MemoryJournal();
            new Feed(engine, journal, eventClock, threading).run(steps);
            return new PipelineRun(journal, LogTape.root(engine), LogTape.digests(engine));
        }
    }

    private static final class Feed {
        private final CommandEncoding encoding =
            new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
        private final ManualEventLoop loop = new ManualEventLoop();
        private final RecordingReplies replies = new RecordingReplies();
        private final AtomicReference<PipelineFailure> failure = new AtomicReference<>();
        private final AtomicLong clockNs = new AtomicLong();
        private final EnginePipeline pipeline;

        Feed(Engine engine, MemoryJournal journal, boolean eventClock, Threading threading) {
            pipeline = new EnginePipeline(new PipelineConfig(threading, WaitMode.BACKOFF,
                AckMode.DURABLE, eventClock, 256, 512, 16, clockNs::get), engine, journal, loop,
                replies, failure::set, SnapshotSink.NONE);
        }

        void run(List<Step> steps) {
            pipeline.start();
            try {
                for (int i = 0; i < steps.size(); i++) {
                    publish(steps.get(i), i);
                }
                settle(steps.size());
            } finally {
                final CompletableFuture<Void> closing =
                    CompletableFuture.runAsync(pipeline::close);
                loop.runUntil(closing::isDone, "close");
                closing.join();
            }
        }

        private void publish(Step step, int published) {
            if (clockNs.get() != step.timeNs()) {
                // the clock stands still while anything is under way
                settle(published);
                clockNs.set(step.timeNs());
            }
            final CommandWriter writer = encoding.write(step.command());
            loop.runUntil(() -> pipeline.tryPublish(writer.templateId(), writer.blockLength(),
                writer.buffer(), 0, writer.length(), published + 1), "room");
            if (step.command() instanceof Command.RegisterSource source) {
                settle(published + 1);
                encoding.registered(source.name(),
                    (int) replies.replies().get(published).value());
            }
        }

        private void settle(int published) {
            loop.runUntil(() -> replies.replies().size() == published || failure.get() != null,
                "replies to " + published);
            if (failure.get() != null) {
                throw new AssertionError(failure.get().toString());
            }
        }
    }
}
