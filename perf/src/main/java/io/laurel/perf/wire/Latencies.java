package io.laurel.perf.wire;

import io.laurel.perf.machine.Figures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Latencies of events that should leave at even times, from those times on. */
public final class Latencies implements AckListener {
    private static final long LONGEST_NS = 120_000_000_000L;

    private final Histogram histogram = new Histogram(LONGEST_NS, 3);
    private final long firstSeqNo;
    private final long startNs;
    private final double intervalNs;
    private final long recordFrom;
    private final long recordTo;

    /**
     * Describes the schedule.
     *
     * @param firstSeqNo leaves at startNs, each further one an interval later
     * @param skip how many of the first are not recorded
     * @param count how many belong to the schedule
     */
    Latencies(long firstSeqNo, long startNs, double intervalNs, long skip, long count) {
        this.firstSeqNo = firstSeqNo;
        this.startNs = startNs;
        this.intervalNs = intervalNs;
        recordFrom = firstSeqNo + skip;
        recordTo = firstSeqNo + count;
    }

    /** Returns when an event should leave. */
    long intendedNs(long seqNo) {
        return startNs + (long) ((seqNo - firstSeqNo) * intervalNs);
    }

    @Override
    public void onAck(long from, long to, long nowNs) {
        for (long seqNo = Math.max(from, recordFrom); seqNo <= to && seqNo < recordTo; seqNo++) {
            histogram.recordValue(Math.min(LONGEST_NS, Math.max(0, nowNs - intendedNs(seqNo))));
        }
    }

    /** Returns the percentiles in microseconds, each behind a prefix. */
    public static Map<String, Object> json(String prefix, Histogram from) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put(prefix + "p50_us", Figures.micros(from.getValueAtPercentile(50)));
        json.put(prefix + "p90_us", Figures.micros(from.getValueAtPercentile(90)));
        json.put(prefix + "p99_us", Figures.micros(from.getValueAtPercentile(99)));
        json.put(prefix + "p999_us", Figures.micros(from.getValueAtPercentile(99.9)));
        json.put(prefix + "p9999_us", Figures.micros(from.getValueAtPercentile(99.99)));
        json.put(prefix + "max_us", Figures.micros(from.getMaxValue()));
        return json;
    }

    Histogram histogram() {
        return histogram;
    }

    /** Returns one for latencies of several schedules. */
    public static Histogram none() {
        return new Histogram(LONGEST_NS, 3);
    }

    /** Returns a histogram as a word, for {@link #decode}. */
    static String encode(Histogram from) {
        final ByteBuffer bytes = ByteBuffer.allocate(from.getNeededByteBufferCapacity());
        final int length = from.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /** Returns the histogram that a word stands for. */
    static Histogram decode(String word) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(word)), LONGEST_NS);
        } catch (DataFormatException e) {
            throw new IOException("no histogram", e);
        }
    }
}
