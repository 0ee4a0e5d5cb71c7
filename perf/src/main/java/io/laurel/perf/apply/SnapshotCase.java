package io.laurel.perf.apply;

import io.laurel.journal.BackgroundThread;
import io.laurel.journal.ReadyMemory;
import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.machine.Resident;
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
 * Rounds applied in small batches, by turns without snapshots and with one behind the other: the
 * copying between batches as the pipeline does it, and the real writer at its real pace beside.
 */
public record SnapshotCase(long players, int contests, int matched, long seed, double seconds) {
    private static final int TURNS = 2;
    private static final double WARM_UP = 0.2;
    private static final double PER_CENT_99 = 99;
    /** Several times as fast as a node: rounds at full speed would fill the memory meanwhile. */
    private static final long BYTES_PER_SECOND = 64L << 20;

    /** Runs it; files go into a temporary directory and are removed. */
    public Map<String, Object> run() throws IOException {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        final ContestSet set = new ContestSet(contests, matched, BoardMix.USUAL, startNs);
        final Path directory = Files.createTempDirectory("laurel-snapshot");
        final Told told = new Told();
        try (EngineRig rig =
            new EngineRig((4L << 30) + players * 1_500, players, set, startNs);
            SnapshotWriter writer = new SnapshotWriter(SnapshotDirectory.open(directory), 1, null,
                BYTES_PER_SECOND, told, new SnapshotWriter.Beside(
                rig.engine()::usedBytes, new ReadyMemory(), new BackgroundThread()))) {
            rig.preload(players, seed);
            final SnapshotRun run = new SnapshotRun(rig, writer,
                rig.series(seed + 1, Distribution.UNIFORM.among(players)));
            run.play(seconds * WARM_UP, run.without(), false);
            run.begin();
            final long residentBefore = Resident.bytes();
            Resident.resetPeak();
            for (int i = 0; i < TURNS; i++) {
                run.play(seconds / 2 / TURNS, run.without(), false);
                run.play(seconds / 2 / TURNS, run.with(), true);
            }
            final Map<String, Object> result = run.json();
            result.put("write_ms", told.durationNs / 1_000_000);
            result.put("file_bytes", told.fileBytes);
            result.put("state_bytes", told.stateBytes);
            result.put("image_bytes_after", writer.imageBytes());
            result.put("resident_bytes_before", residentBefore);
            result.put("resident_bytes_peak", Resident.peakBytes());
            result.put("resident_bytes_after", Resident.bytes());
            return result;
        } finally {
            Node.remove(directory);
        }
    }

    static Map<String, Object> percentiles(Histogram from) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", from.getTotalCount());
        json.put("p50_us", Figures.micros(from.getValueAtPercentile(50)));
        json.put("p99_us", Figures.micros(from.getValueAtPercentile(PER_CENT_99)));
        json.put("p999_us", Figures.micros(from.getValueAtPercentile(99.9)));
        json.put("max_us", Figures.micros(from.getMaxValue()));
        return json;
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
        public void onNoRoom(Throwable cause) {
            throw new IllegalStateException("no room for an image", cause);
        }

        @Override
        public void onFailed(long sequence, Throwable cause) {
            throw new IllegalStateException("snapshot of " + sequence, cause);
        }
    }
}
