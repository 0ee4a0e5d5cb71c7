package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.WrappedTarget;
import java.util.List;
import org.agrona.DirectBuffer;

/** The engine with observers around it. */
final class ObservedTarget extends WrappedTarget {
    private final Engine engine;
    private final List<LogObserver> observers;
    private final LoggedCommand command = new LoggedCommand();

    ObservedTarget(Engine engine, List<LogObserver> observers) {
        super(CommandTarget.of(engine));
        this.engine = engine;
        this.observers = List.copyOf(observers);
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        super.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        command.of(sequence, timeNs, templateId, version, blockLength, buffer, offset, length)
            .became(resultCode(), resultValue());
        for (final LogObserver observer : observers) {
            observer.onApplied(command, engine);
        }
    }
}
