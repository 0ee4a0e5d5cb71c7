package io.laurel.engine.port;

import io.laurel.engine.Engine;
import io.laurel.engine.intake.EventHashes;
import org.agrona.DirectBuffer;

/** The engine behind the interface. */
record EngineTarget(Engine engine) implements CommandTarget {
    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        engine.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
    }

    @Override
    public void beginLookahead() {
        engine.beginLookahead();
    }

    @Override
    public boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, EventHashes known) {
        return engine.lookAhead(sequence, templateId, version, blockLength, buffer, offset,
            known);
    }

    @Override
    public void endLookahead() {
        engine.endLookahead();
    }

    @Override
    public int resultCode() {
        return engine.resultCode();
    }

    @Override
    public long resultValue() {
        return engine.resultValue();
    }

    @Override
    public long sequence() {
        return engine.sequence();
    }

    @Override
    public long timeNs() {
        return engine.timeNs();
    }

    @Override
    public boolean eventClock() {
        return engine.eventClock();
    }

    @Override
    public long nextDeadlineNs() {
        return engine.nextDeadlineNs();
    }

    @Override
    public boolean hasRoom() {
        return engine.hasRoom();
    }

    @Override
    public byte[] stateRoot() {
        return engine.stateRoot();
    }

    @Override
    public void run(EngineQuery query) {
        query.run(engine);
    }
}
