package io.laurel.engine.port;

import io.laurel.engine.intake.EventHashes;
import org.agrona.DirectBuffer;

/** A target around another one, for whoever watches commands go by: passes everything on. */
public abstract class WrappedTarget implements CommandTarget {
    private final CommandTarget target;

    /** Names the one inside. */
    protected WrappedTarget(CommandTarget target) {
        this.target = target;
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        target.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
    }

    @Override
    public void beginLookahead() {
        target.beginLookahead();
    }

    @Override
    public boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, EventHashes known) {
        return target.lookAhead(sequence, templateId, version, blockLength, buffer, offset,
            known);
    }

    @Override
    public void endLookahead() {
        target.endLookahead();
    }

    @Override
    public int resultCode() {
        return target.resultCode();
    }

    @Override
    public long resultValue() {
        return target.resultValue();
    }

    @Override
    public long sequence() {
        return target.sequence();
    }

    @Override
    public long timeNs() {
        return target.timeNs();
    }

    @Override
    public boolean eventClock() {
        return target.eventClock();
    }

    @Override
    public long nextDeadlineNs() {
        return target.nextDeadlineNs();
    }

    @Override
    public boolean hasRoom() {
        return target.hasRoom();
    }

    @Override
    public byte[] stateRoot() {
        return target.stateRoot();
    }

    @Override
    public void run(EngineQuery query) {
        target.run(query);
    }
}
