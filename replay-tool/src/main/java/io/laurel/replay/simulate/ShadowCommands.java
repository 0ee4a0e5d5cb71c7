package io.laurel.replay.simulate;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.command.StandIn;
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
import io.laurel.protocol.storage.ResolveRollbackDecoder;
import io.laurel.protocol.storage.SetLimitsDecoder;
import io.laurel.protocol.storage.TickDecoder;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the shadow does for each command of the log: players, sources, sessions and events as they
 * are, contests replaced, what operators do to a contest done to all that stand for it. Commands
 * have sequences of their own there, since publications come in between; log time is the same.
 */
final class ShadowCommands implements LogObserver {
    private static final String ACTOR = "simulate";

    private final List<Trial> trials;
    private final List<FxTable> tables;
    private final List<Answer> answers;
    private final Sink sink;
    private final CommandWriter writer = new CommandWriter();
    private final StandIn standIn = new StandIn();
    private final Set<Trial> published = new HashSet<>();
    /** By how much sequences of the shadow are ahead, from a sequence of the log on. */
    private final TreeMap<Long, Long> aheadFrom = new TreeMap<>();
    private long sequence;
    private long timeNs;
    private long logged;
    private int answered;
    private CommandFailure failure;

    /** A command that answers the shadow itself, behind a sequence of the log. */
    record Answer(long logged, int templateId, int blockLength, byte[] body) {
    }

    /** Takes the commands of the shadow. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes a command.
         *
         * @param expected what a replay of the log has seen the same command become
         * @return what it became
         */
        ResultCode take(long sequence, long timeNs, int templateId, int version, int blockLength,
            DirectBuffer buffer, int offset, int length, ResultCode expected);
    }

    /**
     * Begins before the first command.
     *
     * @param tables published at the beginning; those of the same id in the log are passed over
     * @param answers given in an earlier reading of the same log; grows by {@link #answer}
     */
    ShadowCommands(List<Trial> trials, List<FxTable> tables, List<Answer> answers, Sink sink) {
        this.trials = trials;
        this.tables = tables;
        this.answers = answers;
        this.sink = sink;
    }

    @Override
    public void onApplied(LoggedCommand command, Engine original) {
        guard(command, () -> {
            repeatAnswers(command.sequence());
            follow(command, original);
            logged = command.sequence();
        });
    }

    /** Sends what an earlier reading has answered before a sequence of the log. */
    void repeatAnswers(long before) {
        while (answered < answers.size() && answers.get(answered).logged() < before) {
            final Answer answer = answers.get(answered++);
            take(timeNs, answer.templateId(), TickDecoder.SCHEMA_VERSION, answer.blockLength(),
                new UnsafeBuffer(answer.body()), 0, answer.body().length, ResultCode.ACCEPTED);
        }
    }

    /** Sends a command that follows from the shadow alone, and keeps it for later readings. */
    ResultCode answer(CommandWriter command) {
        final byte[] body = new byte[command.length()];
        command.buffer().getBytes(0, body);
        answers.add(new Answer(logged, command.templateId(), command.blockLength(), body));
        answered++;
        return apply(command, timeNs);
    }

    /** Does something for a command, unless something failed before. */
    void guard(LoggedCommand command, Runnable step) {
        if (failure != null) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            // what is thrown here would be taken for a fault of the log
            failure = e instanceof CommandFailure told ? told
                : new CommandFailure(ExitCode.COMMAND_FAILED, "command " + command.sequence()
                    + " cannot be simulated: " + e, e);
        }
    }

    /** Ends with what went wrong, if something did. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }

    private void follow(LoggedCommand command, Engine original) {
        if (sequence == 0) {
            begin(command, original);
            return;
        }
        final long skewNs = original.eventClock() ? 0 : original.limits().maxSkewNs();
        publish(trial -> trial.isDueAt(command.timeNs(), skewNs), timeNs);
        place(command.sequence());
        switch (command.templateId()) {
            case PublishContestDecoder.TEMPLATE_ID -> contest(command);
            case ContestActionDecoder.TEMPLATE_ID -> onContest(command);
            case PlayerActionDecoder.TEMPLATE_ID -> onPlayer(command);
            case PublishFxDecoder.TEMPLATE_ID -> fx(command);
            case ResolveRollbackDecoder.TEMPLATE_ID -> resolve(command);
            case SetLimitsDecoder.TEMPLATE_ID ->
                apply(writer.setLimits(roomy(original.limits()), "", ""), command.timeNs());
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

    private void publish(Predicate<Trial> due, long atNs) {
        for (final Trial trial : trials) {
            if (!published.contains(trial) && due.test(trial)) {
                final ResultCode result =
                    apply(writer.publishContest(ACTOR, trial.bytes()), atNs);
                if (result != ResultCode.ACCEPTED) {
                    throw refused(trial.candidate(), result);
                }
                published.add(trial);
            }
        }
    }

    /** Publishes what has not come up yet: a log may end before a window begins. */
    void publishRest() {
        publish(trial -> true, timeNs);
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
        final ResultCode result = take(command.timeNs(), command.templateId(), command.version(),
            command.blockLength(), command.buffer(), command.offset(), command.length(),
            command.result());
        if (result != command.result()) {
            throw new CommandFailure(ExitCode.COMMAND_FAILED, "command " + command.sequence()
                + " was " + command.result().token() + " and is " + result.token()
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
            if (published.contains(trial) && trial.candidate().target().equals(contest)) {
                apply(write.apply(trial.id()), command.timeNs());
            }
        }
    }

    /** What a rollback means was found in the log, whose sequences are others. */
    private void resolve(LoggedCommand command) {
        final ResolveRollbackDecoder from = new ResolveRollbackDecoder().wrap(command.buffer(),
            command.offset(), command.blockLength(), command.version());
        apply(writer.resolveRollback(placeOf(from.rollbackSequence()),
            placeOf(from.closingSequence()), from.ts(), from.user(), from.provider(),
            from.game()), command.timeNs());
    }

    private void place(long logged) {
        final long ahead = sequence + 1 - logged;
        if (aheadFrom.isEmpty() || aheadFrom.lastEntry().getValue() != ahead) {
            aheadFrom.put(logged, ahead);
        }
    }

    private long placeOf(long logged) {
        final Map.Entry<Long, Long> ahead = aheadFrom.floorEntry(logged);
        return ahead == null ? logged : logged + ahead.getValue();
    }

    /** Sends a command of our own. */
    ResultCode apply(CommandWriter command, long atNs) {
        return take(atNs, command.templateId(), TickDecoder.SCHEMA_VERSION,
            command.blockLength(), command.buffer(), 0, command.length(), ResultCode.ACCEPTED);
    }

    private ResultCode take(long atNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length, ResultCode expected) {
        sequence++;
        timeNs = atNs;
        return sink.take(sequence, atNs, templateId, version, blockLength, buffer, offset, length,
            expected);
    }
}
