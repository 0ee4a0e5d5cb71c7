package io.laurel.replay;

import io.laurel.engine.Engine;
import java.util.Map;
import java.util.function.Consumer;

/** Tells of each command what became of it. */
final class OutcomePrinter implements LogObserver {
    private final long fromSequence;
    private final Lines lines;
    private final Consumer<String> out;

    /** Makes a line of what is known. */
    @FunctionalInterface
    interface Lines {
        /** Returns one line; the last two fields are {@code result} and, where it tells, value. */
        String line(Map<String, Object> fields);
    }

    OutcomePrinter(long fromSequence, Lines lines, Consumer<String> out) {
        this.fromSequence = fromSequence;
        this.lines = lines;
        this.out = out;
    }

    @Override
    public void onApplied(LoggedCommand command, Engine engine) {
        if (command.sequence() < fromSequence) {
            return;
        }
        final Map<String, Object> fields = CommandFields.of(command.sequence(),
            command.timeNs(), command.templateId(), command.version(), command.blockLength(),
            command.buffer(), command.offset());
        fields.put("result", command.result().token());
        if (command.resultValue() != command.sequence()) {
            fields.put("value", command.resultValue());
        }
        out.accept(lines.line(fields));
    }
}
