package io.laurel.server.demo;

import io.laurel.gateway.client.ClientListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * How long an event waits for its acknowledgement, from the moment at which it was meant to be
 * sent: a sender that falls behind is part of the figure. Noted by the sender, recorded on the
 * client's thread, read when both are done.
 */
final class AckLatencies implements ClientListener {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
    private final AtomicLongArray meantNanoTimes;

    /**
     * Begins.
     *
     * @param window most unacknowledged events
     */
    AckLatencies(int window) {
        meantNanoTimes = new AtomicLongArray(window * 2);
    }

    /** Notes when an event is meant to be sent, before it is. */
    void onSend(long seqNo, long meantNanoTime) {
        meantNanoTimes.set((int) (seqNo % meantNanoTimes.length()), meantNanoTime);
    }

    @Override
    public void onAck(long fromSeqNo, long toSeqNo, long nanoTime) {
        for (long seqNo = fromSeqNo; seqNo <= toSeqNo; seqNo++) {
            final long meant = meantNanoTimes.get((int) (seqNo % meantNanoTimes.length()));
            histogram.recordValue(Math.min(HIGHEST_NS, Math.max(0, nanoTime - meant)));
        }
    }

    /** Returns the latency below which that share of the events lies, in ms. */
    double millisAt(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
