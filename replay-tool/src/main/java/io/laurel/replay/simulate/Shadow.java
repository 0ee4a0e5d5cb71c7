package io.laurel.replay.simulate;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.command.StandIn;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.ContestActionDecoder;
import io.laurel.protocol.storage.ErasePlayerDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.GenesisDecoder;
import io.laurel.protocol.storage.OpenSessionDecoder;
import io.laurel.protocol.storage.PlayerActionDecoder;
import io.laurel.protocol.storage.PlayerProfileDecoder;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.protocol.storage.PublishFxDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import io.laurel.protocol.storage.SetLimitsDecoder;
import io.laurel.protocol.storage.TickDecoder;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine in which the candidates are contests. It follows the engine of the pass command by
 * command: players, sources, sessions and events as they are, contests replaced, what operators do
 * to a contest done to all that stand for it. Commands have sequences of their own here, since
 * publications come in between; log time is the same.
 */
final class Shadow implements LogObserver, AutoCloseable {
    private static final String ACTOR = "simulate";

    private final List<Trial> trials;
    private final List<FxTable> tables;
    private final RoundTrail trail;
    private final CommandWriter writer = new CommandWriter();
    private final StandIn standIn = new StandIn();
    private Engine engine;
    private CommandFailure failure;

    /**
     * An engine before its first command.
     *
     * @param tables published at the beginning; those of the same id in the log are passed over
     * @param trail is told what becomes of rounds here
     */
    Shadow(List<Trial> trials, List<FxTable> tables, RoundTrail trail) {
        this.trials = trials;
        this.tables = tables;
        this.trail = trail;
    }

    @Override
    public void onApplied(LoggedCommand command, Engine original) {
        if (failure != null) {
            return;
        }
        try {
            follow(command, original);
        } catch (RuntimeException | Error e) {
            failure = e instanceof CommandFailure told ? told
                : new CommandFailure(ExitCode.COMMAND_FAILED, "command " + command.sequence()
                    + " cannot be simulated: " + e, e);
        }
    }

    private void follow(LoggedCommand command, Engine original) {
        if (engine == null) {
            begin(command, original);
            return;
        }
        final long skewNs = original.eventClock() ? 0 : original.limits().maxSkewNs();
        publish(trial -> trial.isDueAt(command.timeNs(), skewNs), engine.timeNs());
        switch (command.templateId()) {
            case PublishContestDecoder.TEMPLATE_ID -> contest(command);
            case ContestActionDecoder.TEMPLATE_ID -> onContest(command);
            case PlayerActionDecoder.TEMPLATE_ID -> onPlayer(command);
            case PublishFxDecoder.TEMPLATE_ID -> fx(command);
            case SetLimitsDecoder.TEMPLATE_ID ->
                apply(writer.setLimits(roomy(original.limits())), command.timeNs());
            case EventCommandDecoder.TEMPLATE_ID, TickDecoder.TEMPLATE_ID,
                AdvanceTimeDecoder.TEMPLATE_ID, RegisterSourceDecoder.TEMPLATE_ID,
                OpenSessionDecoder.TEMPLATE_ID, EventRefusedDecoder.TEMPLATE_ID,
                PlayerProfileDecoder.TEMPLATE_ID, ErasePlayerDecoder.TEMPLATE_ID -> same(command);
            // what is about other contests, or about files, is nothing here but time
            default -> apply(writer.tick(), command.timeNs());
        }
    }

    private void begin(LoggedCommand command, Engine original) {
        if (command.templateId() != GenesisDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("a log begins with Genesis");
        }
        engine = new Engine(original.memoryBytes());
        engine.setTrail(trail);
        apply(writer.genesis(roomy(original.limits()), original.eventClock(),
            original.hashSeed()), command.timeNs());
        for (final FxTable table : tables) {
            apply(writer.publishFx(ACTOR, "", FxTableCodec.encode(table)),
                command.timeNs());
        }
    }

    /** The candidates must find room, whatever the node was allowed. */
    private Limits roomy(Limits limits) {
        return new Limits(limits.maxLatenessNs(), limits.maxSkewNs(), limits.maxPlayers(),
            Math.max(limits.maxContests(), trials.size()), limits.memoryBytes(),
            limits.behaviourVersion());
    }

    private void contest(LoggedCommand command) {
        apply(writer.tick(), command.timeNs());
        if (command.result() == ResultCode.ACCEPTED) {
            final String published = LoggedContests.definition(command.buffer(),
                command.offset(), command.blockLength(), command.version()).id();
            publish(trial -> trial.isDueWith(published), command.timeNs());
        }
    }

    private void publish(Predicate<Trial> due, long timeNs) {
        for (final Trial trial : trials) {
            if (due.test(trial)) {
                apply(writer.publishContest(ACTOR, trial.bytes()), timeNs);
                final ResultCode result = ResultCode.of(engine.resultCode());
                if (result != ResultCode.ACCEPTED) {
                    throw refused(trial.candidate(), result);
                }
                trial.setPublished();
            }
        }
    }

    private static CommandFailure refused(Candidate candidate, ResultCode result) {
        final String why = switch (result) {
            case NOT_FOUND -> "table '" + candidate.definition().fxTable() + "' is not in the log"
                + " by then; give it in a file of its own";
            case UNSUPPORTED -> "boards of ratings cannot be simulated";
            case CAPACITY -> "there is no room left; simulate fewer candidates at a time";
            default -> result.token();
        };
        return new CommandFailure(ExitCode.BAD_DOCUMENT, candidate.name()
            + " cannot be published: " + why);
    }

    /** Applies a command as it is; whatever else there is, it must end as it did. */
    private void same(LoggedCommand command) {
        if (command.result() == ResultCode.CAPACITY) {
            // what had no room in the node has none here, however much there is
            apply(standIn.of(command.templateId(), command.version(), command.blockLength(),
                command.buffer(), command.offset()), command.timeNs());
            return;
        }
        engine.apply(engine.sequence() + 1, command.timeNs(), command.templateId(),
            command.version(), command.blockLength(), command.buffer(), command.offset(),
            command.length());
        if (engine.resultCode() != command.result().code()) {
            throw new CommandFailure(ExitCode.COMMAND_FAILED, "command " + command.sequence()
                + " was " + command.result().token() + " and is "
                + ResultCode.of(engine.resultCode()).token()
                + " beside the candidates; simulate fewer at a time");
        }
    }

    private void fx(LoggedCommand command) {
        final PublishFxDecoder from = new PublishFxDecoder().wrap(command.buffer(),
            command.offset(), command.blockLength(), command.version());
        from.skipActor();
        final byte[] bytes = new byte[from.tableLength()];
        from.getTable(bytes, 0, bytes.length);
        final String id = FxTableCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length).id();
        if (tables.stream().anyMatch(table -> table.id().equals(id))) {
            apply(writer.tick(), command.timeNs());
        } else {
            same(command);
        }
    }

    private void onContest(LoggedCommand command) {
        final ContestActionDecoder from = new ContestActionDecoder().wrap(command.buffer(),
            command.offset(), command.blockLength(), command.version());
        forAll(command, from.contest(),
            id -> writer.contestAction(from.operation(), id, ACTOR, ""));
    }

    private void onPlayer(LoggedCommand command) {
        final PlayerActionDecoder from = new PlayerActionDecoder().wrap(command.buffer(),
            command.offset(), command.blockLength(), command.version());
        final String contest = from.contest();
        final String user = from.user();
        forAll(command, contest,
            id -> writer.playerAction(from.operation(), id, user, ACTOR, ""));
    }

    /** Does to every candidate what was done to the contest that it stands for. */
    private void forAll(LoggedCommand command, String contest,
        Function<String, CommandWriter> write) {
        apply(writer.tick(), command.timeNs());
        if (command.result() != ResultCode.ACCEPTED) {
            return;
        }
        for (final Trial trial : trials) {
            if (trial.isPublished() && trial.candidate().target().equals(contest)) {
                apply(write.apply(trial.id()), command.timeNs());
            }
        }
    }

    private void apply(CommandWriter command, long timeNs) {
        engine.apply(engine.sequence() + 1, timeNs, command.templateId(),
            TickDecoder.SCHEMA_VERSION, command.blockLength(), command.buffer(), 0,
            command.length());
    }

    /**
     * Ends the pass: what boards still have to do after the last command is done.
     *
     * @return the engine, to be asked until this is closed
     * @throws CommandFailure where the shadow could not follow, or a candidate was never published
     */
    Engine finish() {
        if (failure != null) {
            throw failure;
        }
        // a log that ends before a window begins leaves an empty board, not none
        publish(trial -> !trial.isPublished(), engine.timeNs());
        while (engine.nextDeadlineNs() <= engine.timeNs()) {
            apply(writer.tick(), engine.timeNs());
        }
        return engine;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
