package io.laurel.engine.simulation;

import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineQuery;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Compares state roots on the way through a replay. */
record RootedTarget(JudgedTarget inner, Map<Long, String> roots) implements CommandTarget {
    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        inner.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        final String live = roots.get(sequence);
        if (live != null && !live.equals(inner.root())) {
            throw new AssertionError("ReplayEqualsLive: root at " + sequence + " was " + live
                + ", now " + inner.root());
        }
    }

    @Override
    public int resultCode() {
        return inner.resultCode();
    }

    @Override
    public long resultValue() {
        return inner.resultValue();
    }

    @Override
    public long sequence() {
        return inner.sequence();
    }

    @Override
    public long timeNs() {
        return inner.timeNs();
    }

    @Override
    public boolean eventClock() {
        return inner.eventClock();
    }

    @Override
    public long nextDeadlineNs() {
        return inner.nextDeadlineNs();
    }

    @Override
    public boolean hasRoom() {
        return inner.hasRoom();
    }

    @Override
    public byte[] stateRoot() {
        return inner.stateRoot();
    }

    @Override
    public void run(EngineQuery query) {
        inner.run(query);
    }
}
