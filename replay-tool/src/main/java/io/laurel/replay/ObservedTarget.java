package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineQuery;
import java.util.List;
import org.agrona.DirectBuffer;

/** The engine with observers around it. */
final class ObservedTarget implements CommandTarget {
    private final Engine engine;
    private final CommandTarget target;
    private final List<LogObserver> observers;
    private final LoggedCommand command = new LoggedCommand();

    ObservedTarget(Engine engine, List<LogObserver> observers) {
        this.engine = engine;
        this.target = CommandTarget.of(engine);
        this.observers = List.copyOf(observers);
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        target.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        command.of(sequence, timeNs, templateId, version, blockLength, buffer, offset, length)
            .became(target.resultCode(), target.resultValue());
        for (final LogObserver observer : observers) {
            observer.onApplied(command, engine);
        }
    }

    @Override
    public void beginLookahead() {
        target.beginLookahead();
    }

    @Override
    public boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset) {
        return target.lookAhead(sequence, templateId, version, blockLength, buffer, offset);
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
