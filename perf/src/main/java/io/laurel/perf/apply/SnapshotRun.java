package io.laurel.perf.apply;

import io.laurel.engine.memory.PageImage;
import io.laurel.engine.pipeline.ImageSlice;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.snapshot.SnapshotWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * The loop of the engine's thread. Where no snapshots are taken, each batch is followed by reading
 * the clock for as long as a slice may last: what comes on top of that is the noise of the machine,
 * which no pause can be below.
 */
final class SnapshotRun {
    /** Rounds of a batch. */
    private static final int BATCH = 64;
    private static final int NOISE_PART = 10;
    private static final double PER_MILLE_999 = 99.9;

    private final EngineRig rig;
    private final SnapshotWriter writer;
    private final Rounds series;
    private final Histogram without = new Histogram(3);
    private final Histogram with = new Histogram(3);
    private final Histogram mapping = new Histogram(3);
    private final Histogram copying = new Histogram(3);
    private final Histogram pauses = new Histogram(3);
    private final Histogram noise = new Histogram(3);
    private final LongSupplier durable = () -> Long.MAX_VALUE;
    private final ImageSlice slice = new ImageSlice();
    private CompletableFuture<Void> room;
    private boolean active;
    private long images;
    private long askedNs;
    private long beganNs;
    private long mapNs;
    private long imageNs;
    private long imageBytes;

    SnapshotRun(EngineRig rig, SnapshotWriter writer, Rounds series) {
        this.rig = rig;
        this.writer = writer;
        this.series = series;
    }

    Histogram without() {
        return without;
    }

    Histogram with() {
        return with;
    }

    /** Forgets what was measured while warming up. */
    void begin() {
        without.reset();
        noise.reset();
    }

    /**
     * Plays for some time, and until a snapshot that was begun is written; records how long each
     * batch took, its slice included.
     */
    void play(double seconds, Histogram batches, boolean snapshots) {
        final long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until || snapshots && !writer.ready()) {
            if (snapshots) {
                prepare(System.nanoTime() < until);
            }
            final boolean wasMapping = room != null;
            final boolean wasActive = active;
            final long before = rig.appliedNs();
            rig.play(series, BATCH);
            final long batchNs = rig.appliedNs() - before;
            final long allNs = batchNs + slice(batchNs);
            batches.recordValue(allNs);
            if (wasMapping) {
                mapping.recordValue(allNs);
            } else if (wasActive) {
                copying.recordValue(allNs);
            } else if (!snapshots) {
                spin(batchNs / NOISE_PART);
            }
        }
    }

    /** Asks for memory, and begins the image once it is mapped. */
    private void prepare(boolean mayAsk) {
        if (room == null && !active && mayAsk && writer.ready()) {
            askedNs = System.nanoTime();
            room = writer.prepare();
        } else if (room != null && room.isDone()) {
            begin(room);
            room = null;
        }
    }

    private void begin(CompletableFuture<Void> done) {
        try {
            done.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("no image", e.getCause());
        }
        beganNs = System.nanoTime();
        mapNs = beganNs - askedNs;
        final PageImage memory = writer.room(rig.engine().usedBytes());
        if (memory == null) {
            throw new IllegalStateException("the state has outgrown the memory for its image");
        }
        rig.engine().images().begin(memory);
        pauses.recordValue(System.nanoTime() - beganNs);
        active = true;
    }

    private long slice(long batchNs) {
        if (!active || !slice.isDueBehind(batchNs)) {
            return 0;
        }
        final long begun = System.nanoTime();
        if (slice.copyDue(rig.engine(), begun)) {
            active = false;
            imageBytes = Math.max(imageBytes, writer.imageBytes());
            writer.take(rig.engine().images().end(), durable);
            images++;
            imageNs = System.nanoTime() - beganNs;
        }
        final long took = System.nanoTime() - begun;
        pauses.recordValue(took);
        return took;
    }

    private void spin(long ns) {
        final long begun = System.nanoTime();
        long took = 0;
        while (took < ns) {
            took = System.nanoTime() - begun;
        }
        noise.recordValue(Math.max(0, took - ns));
    }

    Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("batch_rounds", BATCH);
        json.put("without", SnapshotCase.percentiles(without));
        json.put("with", SnapshotCase.percentiles(with));
        json.put("p99_ratio", Figures.round((double) with.getValueAtPercentile(99)
            / without.getValueAtPercentile(99), 3));
        json.put("while_mapping", SnapshotCase.percentiles(mapping));
        json.put("while_copying", SnapshotCase.percentiles(copying));
        json.put("pause", SnapshotCase.percentiles(pauses));
        json.put("noise_floor", SnapshotCase.percentiles(noise));
        json.put("pause_beyond_noise", Map.of(
            "p999_us", beyond(pauses.getValueAtPercentile(PER_MILLE_999),
            noise.getValueAtPercentile(PER_MILLE_999)),
            "max_us", beyond(pauses.getMaxValue(), noise.getMaxValue())));
        json.put("images", images);
        json.put("map_ms", Figures.round(mapNs / 1e6, 1));
        json.put("image_ms", Figures.round(imageNs / 1e6, 1));
        json.put("image_bytes_peak", imageBytes);
        return json;
    }

    private static Number beyond(long ns, long noiseNs) {
        return Figures.micros(Math.max(0, ns - noiseNs));
    }
}
