package io.laurel.engine.simulation;

import io.laurel.engine.port.WrappedTarget;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Compares state roots on the way through a replay. */
final class RootedTarget extends WrappedTarget {
    private final JudgedTarget inner;
    private final Map<Long, String> roots;

    RootedTarget(JudgedTarget inner, Map<Long, String> roots) {
        super(inner);
        this.inner = inner;
        this.roots = roots;
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        super.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        final String live = roots.get(sequence);
        if (live != null && !live.equals(inner.root())) {
            throw new AssertionError("ReplayEqualsLive: root at " + sequence + " was " + live
                + ", now " + inner.root());
        }
    }
}
