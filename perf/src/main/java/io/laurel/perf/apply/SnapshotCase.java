package io.laurel.perf.apply;

import io.laurel.engine.pipeline.ImageSlice;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.Node;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotListener;
import io.laurel.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Rounds applied in small batches, first without a snapshot, then with one behind the other: the
 * copying between batches as the pipeline does it, and the real writer at its real pace beside.
 */
public record SnapshotCase(long players, int contests, int matched, long seed, double seconds) {
    private static final int BATCH = 64;
    private static final double WARM_UP = 0.2;

    /** Runs it; files go into a temporary directory and are removed. */
    public Map<String, Object> run() throws IOException {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        final ContestSet set = new ContestSet(contests, matched, BoardMix.USUAL, startNs);
        final Path directory = Files.createTempDirectory("laurel-snapshot");
        final Told told = new Told();
        try (EngineRig rig =
            new EngineRig((4L << 30) + players * 1_500, players, set, startNs);
            SnapshotWriter writer = new SnapshotWriter(SnapshotDirectory.open(directory), 1, null,
                SnapshotWriter.BYTES_PER_SECOND, told)) {
            rig.preload(players, seed);
            final Run run = new Run(rig, writer,
                rig.series(seed + 1, Distribution.UNIFORM.among(players)));
            run.play(seconds * WARM_UP, false);
            final long residentBefore = resident("VmRSS:");
            final Histogram without = run.play(seconds / 2, false);
            final Histogram with = run.play(seconds / 2, true);
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("batch_rounds", BATCH);
            result.put("without", percentiles(without));
            result.put("with", percentiles(with));
            result.put("p99_ratio", Figures.round((double) with.getValueAtPercentile(99)
                / without.getValueAtPercentile(99), 3));
            result.put("slices", percentiles(run.slices));
            result.put("image_ms", Figures.round(run.imageNs / 1e6, 1));
            writer.hurry();
            writer.awaitIdle(60_000_000_000L);
            result.put("images", run.images);
            result.put("write_ms", told.durationNs / 1_000_000);
            result.put("file_bytes", told.fileBytes);
            result.put("state_bytes", told.stateBytes);
            result.put("resident_bytes_before", residentBefore);
            result.put("resident_bytes_peak", resident("VmHWM:"));
            return result;
        } finally {
            Node.remove(directory);
        }
    }

    /** What the writer said last. */
    private static final class Told implements SnapshotListener {
        private volatile long durationNs;
        private volatile long fileBytes;
        private volatile long stateBytes;

        @Override
        public void onWritten(Snapshot snapshot, long tookNs) {
            durationNs = tookNs;
            fileBytes = snapshot.fileBytes();
            stateBytes = snapshot.facts().usedBytes();
        }

        @Override
        public void onFailed(long sequence, Throwable cause) {
            throw new IllegalStateException("snapshot of " + sequence, cause);
        }
    }

    /** The loop of the engine's thread. */
    private static final class Run {
        private final EngineRig rig;
        private final SnapshotWriter writer;
        private final Rounds series;
        private final Histogram slices = new Histogram(3);
        private boolean active;
        private long images;
        private long beganNs;
        private long imageNs;

        Run(EngineRig rig, SnapshotWriter writer, Rounds series) {
            this.rig = rig;
            this.writer = writer;
            this.series = series;
        }

        /** Plays for some time; returns how long each batch took, its slice included. */
        Histogram play(double seconds, boolean snapshots) {
            final Histogram batches = new Histogram(3);
            final long until = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < until || active) {
                if (snapshots && !active && writer.ready() && System.nanoTime() < until) {
                    beganNs = System.nanoTime();
                    rig.engine().beginImage();
                    slices.recordValue(System.nanoTime() - beganNs);
                    active = true;
                }
                final long before = rig.appliedNs();
                rig.play(series, BATCH);
                batches.recordValue(rig.appliedNs() - before + slice());
            }
            return batches;
        }

        private long slice() {
            if (!active) {
                return 0;
            }
            final long begun = System.nanoTime();
            if (ImageSlice.copy(rig.engine(), begun)) {
                active = false;
                writer.take(rig.engine().endImage(), () -> Long.MAX_VALUE);
                images++;
                imageNs = System.nanoTime() - beganNs;
            }
            final long took = System.nanoTime() - begun;
            slices.recordValue(took);
            return took;
        }
    }

    private static Map<String, Object> percentiles(Histogram from) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", from.getTotalCount());
        json.put("p50_us", Figures.micros(from.getValueAtPercentile(50)));
        json.put("p99_us", Figures.micros(from.getValueAtPercentile(99)));
        json.put("p999_us", Figures.micros(from.getValueAtPercentile(99.9)));
        json.put("max_us", Figures.micros(from.getMaxValue()));
        return json;
    }

    /** Returns the process's memory as the kernel counts it, 0 where it does not say. */
    private static long resident(String name) throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return 0;
    }
}
