package io.laurel.engine.pipeline;

import com.lmax.disruptor.Sequence;

/** Says up to where replies may leave. */
final class ReleaseGate {
    private final Sequence released;

    ReleaseGate(AckMode ack, Positions positions) {
        released = ack == AckMode.DURABLE ? positions.durable : positions.appended;
    }

    /** Returns the last sequence whose reply may leave. */
    long sequence() {
        return released.get();
    }
}
