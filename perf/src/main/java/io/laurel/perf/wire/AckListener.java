package io.laurel.perf.wire;

/** Hears of acknowledged events on the thread that reads. */
@FunctionalInterface
interface AckListener {
    /** Hears nothing. */
    AckListener NONE = (from, to, nowNs) -> { };

    /** The events of these seqNos are acknowledged, at a time of {@link System#nanoTime}. */
    void onAck(long from, long to, long nowNs);
}
