package io.laurel.replay.simulate;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.derive.RebuildReader;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.rules.FxTable;
import io.laurel.protocol.storage.ContestActionDecoder;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.agrona.DirectBuffer;

/** The engine in which the candidates are contests; it follows the engine of the pass. */
final class Shadow implements LogObserver, AutoCloseable {
    private final ShadowCommands commands;
    private final RoundTrail trail;
    private final LongFunction<JournalReader> logUpTo;
    private final PriorityQueue<Long> finalsNs = new PriorityQueue<>();
    private final CommandWriter writer = new CommandWriter();
    private Engine engine;

    /**
     * An engine before its first command.
     *
     * @param answers empty; takes what this had to answer itself
     * @param trail is told what becomes of rounds here
     * @param logUpTo reads the commands of this once more, up to a sequence of the log
     */
    Shadow(List<Trial> trials, List<FxTable> tables, List<ShadowCommands.Answer> answers,
        RoundTrail trail, LongFunction<JournalReader> logUpTo) {
        this.trail = trail;
        this.logUpTo = logUpTo;
        trials.forEach(trial -> finalsNs.add(trial.finalNs()));
        commands = new ShadowCommands(trials, tables, answers, this::take);
    }

    @Override
    public void onApplied(LoggedCommand command, Engine original) {
        if (engine == null) {
            engine = new Engine(original.memoryBytes());
            engine.setTrail(trail);
        } else if (mayEndContests(command)) {
            commands.guard(command, () -> rebuild(command.sequence() - 1));
        }
        commands.onApplied(command, original);
    }

    /**
     * A node answers rollbacks at once. Here that can wait, since a pass over the log is needed,
     * but only until one would keep a contest from becoming final.
     */
    private boolean mayEndContests(LoggedCommand command) {
        boolean may = command.templateId() == ContestActionDecoder.TEMPLATE_ID;
        while (!finalsNs.isEmpty() && finalsNs.peek() <= command.timeNs()) {
            finalsNs.poll();
            may = true;
        }
        return may;
    }

    private ResultCode take(long sequence, long timeNs, int templateId, int version,
        int blockLength, DirectBuffer buffer, int offset, int length, ResultCode expected) {
        engine.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        return ResultCode.of(engine.resultCode());
    }

    /**
     * Ends the pass: what boards still have to do after the last command is done.
     *
     * @param lastSequence of the log
     * @return the engine, to be asked until this is closed
     * @throws CommandFailure where the shadow could not follow
     */
    Engine finish(long lastSequence) {
        commands.check();
        rebuild(lastSequence);
        commands.publishRest();
        settle();
        return engine;
    }

    private void rebuild(long lastSequence) {
        RebuildWork work = engine.reads().rebuildWork();
        while (!work.isEmpty()) {
            try (RebuildReader reader = new RebuildReader(() -> logUpTo.apply(lastSequence),
                before -> new Engine(engine.memoryBytes()), Progress.NONE)) {
                for (final Consumer<CommandWriter> answer : reader.answer(work)) {
                    answer.accept(writer);
                    final ResultCode result = commands.answer(writer);
                    if (result != ResultCode.ACCEPTED) {
                        throw new CommandFailure(ExitCode.COMMAND_FAILED,
                            "a rollback cannot be simulated: " + result.token());
                    }
                }
            } catch (IOException | RuntimeException e) {
                throw CommandFailure.ofReading(e);
            }
            work = engine.reads().rebuildWork();
        }
    }

    private void settle() {
        while (engine.nextDeadlineNs() <= engine.timeNs()) {
            commands.apply(writer.tick(), engine.timeNs());
        }
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
