package io.laurel.server;

import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.engine.pipeline.PipelineStatus;
import io.laurel.gateway.http.NodeFigures;
import io.laurel.gateway.tcp.SessionMetrics;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotWriter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.ToDoubleFunction;

/** What the node knows beside the engine. */
final class PipelineFigures implements NodeFigures {
    private static final double MICROS_PER_SECOND = 1e6;

    private final EnginePipeline pipeline;
    private final SessionMetrics sessions;
    private final Beside beside;
    private final List<Figure> figures;

    /**
     * What reads and writes files beside the pipeline.
     *
     * @param checkpoints null where none are signed
     */
    record Beside(SnapshotWriter snapshots, NodeCheckpoints checkpoints, NodeRebuilds rebuilds) {
    }

    PipelineFigures(EnginePipeline pipeline, SessionMetrics sessions, Beside beside) {
        this.pipeline = pipeline;
        this.sessions = sessions;
        this.beside = beside;
        figures = List.of(
            gauge("laurel_ring_depth_commands", "Commands in the ring.",
                PipelineStatus::ringDepth),
            gauge("laurel_appended_sequence", "Last sequence in the journal.",
                PipelineStatus::appendedSequence),
            counter("laurel_journal_blocks_total", "Blocks appended since the start.",
                PipelineStatus::blocks),
            counter("laurel_journal_forces_total", "Forces since the start.",
                PipelineStatus::forces),
            counter("laurel_commands_total", "Commands applied since the start.",
                PipelineStatus::commands),
            gauge("laurel_largest_batch_commands", "Commands of the largest batch.",
                PipelineStatus::largestBatch),
            new Figure("laurel_snapshot_sequence", "Sequence of the last snapshot, 0 = none.",
                false, () -> snapshots().sequence()),
            new Figure("laurel_snapshot_memory_bytes", "Memory of the image under way.", false,
                () -> snapshots().memoryBytes()),
            new Figure("laurel_checkpoint_sequence", "Sequence of the last checkpoint, 0 = none.",
                false, () -> beside.checkpoints == null ? 0 : beside.checkpoints.sequence()),
            new Figure("laurel_checkpoint_failures_total",
                "Checkpoints that could not be signed or written since the start.", true,
                () -> beside.checkpoints == null ? 0 : beside.checkpoints.failures()),
            new Figure("laurel_rebuild_waiting_entries",
                "Entries that wait to be derived anew, and rollbacks not yet looked up.", false,
                () -> rebuilds().rollbacks() + rebuilds().entries()),
            new Figure("laurel_rebuild_stuck_entries",
                "Of these, what needs a part of the log that was pruned.", false,
                () -> rebuilds().stuck()),
            counter("laurel_snapshot_images_total", "Images made since the start.",
                PipelineStatus::images),
            gauge("laurel_snapshot_longest_slice_seconds", "Longest pause for an image.",
                status -> status.longestSliceMicros() / MICROS_PER_SECOND),
            gauge("laurel_snapshot_longest_slice_cpu_seconds",
                "Most processor time of one pause for an image.",
                status -> status.longestSliceCpuMicros() / MICROS_PER_SECOND),
            gauge("laurel_intake_open_ratio", "1 where events are taken, else 0.",
                status -> status.intakeOpen() ? 1 : 0));
    }

    private Figure gauge(String name, String help, ToDoubleFunction<PipelineStatus> value) {
        return new Figure(name, help, false, () -> value.applyAsDouble(pipeline.status()));
    }

    private Figure counter(String name, String help, ToDoubleFunction<PipelineStatus> value) {
        return new Figure(name, help, true, () -> value.applyAsDouble(pipeline.status()));
    }

    @Override
    public boolean ready() {
        return pipeline.failure() == null;
    }

    @Override
    public long ringCapacity() {
        return pipeline.status().ringSlots();
    }

    @Override
    public long connectedSessions() {
        return sessions.snapshot().liveSessions();
    }

    @Override
    public Snapshots snapshots() {
        final Snapshot last = beside.snapshots.last();
        final long memoryBytes =
            Math.max(pipeline.status().imageBytes(), beside.snapshots.imageBytes());
        return last == null ? new Snapshots(0, "", memoryBytes)
            : new Snapshots(last.sequence(), last.rootHex(), memoryBytes);
    }

    @Override
    public CompletionStage<Void> prepareSnapshot() {
        return beside.snapshots.prepare();
    }

    @Override
    public Rebuilds rebuilds() {
        return beside.rebuilds.figures();
    }

    @Override
    public List<Figure> figures() {
        return figures;
    }
}
