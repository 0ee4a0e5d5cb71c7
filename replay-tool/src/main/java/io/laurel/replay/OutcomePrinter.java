package io.laurel.replay;

import io.laurel.engine.ResultCode;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineQuery;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Stands before the engine and tells of each command what became of it. */
final class OutcomePrinter implements CommandTarget {
    private final CommandTarget target;
    private final long fromSequence;
    private final Lines lines;
    private final Consumer<String> out;

    /** Makes a line of what is known. */
    @FunctionalInterface
    interface Lines {
        /** Returns one line; the last two fields are {@code result} and, where it tells, value. */
        String line(Map<String, Object> fields);
    }

    OutcomePrinter(CommandTarget target, long fromSequence, Lines lines, Consumer<String> out) {
        this.target = target;
        this.fromSequence = fromSequence;
        this.lines = lines;
        this.out = out;
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        target.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        if (sequence >= fromSequence) {
            final Map<String, Object> fields = CommandFields.of(sequence, timeNs, templateId,
                version, blockLength, buffer, offset);
            fields.put("result", ResultCode.of(target.resultCode()).token());
            if (target.resultValue() != sequence) {
                fields.put("value", target.resultValue());
            }
            out.accept(lines.line(fields));
        }
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
