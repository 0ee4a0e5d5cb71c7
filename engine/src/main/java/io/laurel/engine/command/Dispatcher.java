package io.laurel.engine.command;

import io.laurel.engine.ResultCode;
import io.laurel.engine.contest.ContestRoom;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.Intake;
import io.laurel.engine.intake.Sessions;
import io.laurel.engine.intake.Sources;
import io.laurel.engine.player.Players;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.ContestActionDecoder;
import io.laurel.protocol.storage.ErasePlayerDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.ExtendScheduleDecoder;
import io.laurel.protocol.storage.OpenSessionDecoder;
import io.laurel.protocol.storage.PlayerActionDecoder;
import io.laurel.protocol.storage.PlayerProfileDecoder;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.protocol.storage.PublishFxDecoder;
import io.laurel.protocol.storage.RebuildEntryDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import io.laurel.protocol.storage.ResolveRollbackDecoder;
import io.laurel.protocol.storage.SetLimitsDecoder;
import io.laurel.protocol.storage.SkipCommandDecoder;
import io.laurel.protocol.storage.TakeSnapshotDecoder;
import io.laurel.protocol.storage.TickDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From bytes to one call of one room, and from there to one result. The body was checked before it
 * came into the log; what does not decode all the same is a fault of the node and stops it.
 */
public final class Dispatcher {
    private final State state;
    private final Players players;
    private final Sources sources;
    private final Sessions sessions;
    private final Intake intake;
    private final ContestRoom contests;

    private final Lookahead lookahead;
    private final EventView event = new EventView();
    private final ContentHash contentHash = new ContentHash();
    private final EventCommandDecoder eventCommand = new EventCommandDecoder();
    private final EventRefusedDecoder eventRefused = new EventRefusedDecoder();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[0]);
    private long value;

    /** Ties the rooms together. */
    public Dispatcher(State state, Players players, Sources sources, Sessions sessions,
        Intake intake, ContestRoom contests) {
        this.state = state;
        this.players = players;
        this.sources = sources;
        this.sessions = sessions;
        this.intake = intake;
        this.contests = contests;
        lookahead = new Lookahead(intake, contests, state.pages());
    }

    /** Returns what may look at events before they are dispatched. */
    public Lookahead lookahead() {
        return lookahead;
    }

    /** Returns what goes with the last result; the sequence where nothing else does. */
    public long value() {
        return value;
    }

    /** Applies a command and returns what became of it. */
    public ResultCode dispatch(int templateId, int version, int blockLength, DirectBuffer buffer,
        int offset, int length) {
        value = state.sequence();
        return switch (templateId) {
            case EventCommandDecoder.TEMPLATE_ID -> onEvent(version, blockLength, buffer, offset);
            case EventRefusedDecoder.TEMPLATE_ID -> onRefused(
                eventRefused.wrap(buffer, offset, blockLength, version));
            case TickDecoder.TEMPLATE_ID -> onTick();
            case AdvanceTimeDecoder.TEMPLATE_ID -> onAdvance(
                new AdvanceTimeDecoder().wrap(buffer, offset, blockLength, version));
            case RegisterSourceDecoder.TEMPLATE_ID -> onRegisterSource(
                new RegisterSourceDecoder().wrap(buffer, offset, blockLength, version));
            case OpenSessionDecoder.TEMPLATE_ID -> onOpenSession(
                new OpenSessionDecoder().wrap(buffer, offset, blockLength, version));
            case PublishContestDecoder.TEMPLATE_ID -> onPublishContest(
                new PublishContestDecoder().wrap(buffer, offset, blockLength, version));
            case ExtendScheduleDecoder.TEMPLATE_ID -> onExtendSchedule(
                new ExtendScheduleDecoder().wrap(buffer, offset, blockLength, version));
            case ContestActionDecoder.TEMPLATE_ID -> onContestAction(
                new ContestActionDecoder().wrap(buffer, offset, blockLength, version));
            case PlayerActionDecoder.TEMPLATE_ID -> onPlayerAction(
                new PlayerActionDecoder().wrap(buffer, offset, blockLength, version));
            case PlayerProfileDecoder.TEMPLATE_ID -> onProfile(
                new PlayerProfileDecoder().wrap(buffer, offset, blockLength, version));
            case ErasePlayerDecoder.TEMPLATE_ID -> onErase(
                new ErasePlayerDecoder().wrap(buffer, offset, blockLength, version));
            case PublishFxDecoder.TEMPLATE_ID -> onPublishFx(
                new PublishFxDecoder().wrap(buffer, offset, blockLength, version));
            case SetLimitsDecoder.TEMPLATE_ID -> onSetLimits(
                new SetLimitsDecoder().wrap(buffer, offset, blockLength, version));
            case ResolveRollbackDecoder.TEMPLATE_ID -> onResolve(
                new ResolveRollbackDecoder().wrap(buffer, offset, blockLength, version));
            case RebuildEntryDecoder.TEMPLATE_ID -> onRebuild(
                new RebuildEntryDecoder().wrap(buffer, offset, blockLength, version));
            case SkipCommandDecoder.TEMPLATE_ID, TakeSnapshotDecoder.TEMPLATE_ID ->
                ResultCode.ACCEPTED;
            default -> ResultCode.UNSUPPORTED;
        };
    }

    private ResultCode onEvent(int version, int blockLength, DirectBuffer buffer, int offset) {
        eventCommand.wrap(buffer, offset, blockLength, version);
        final int place = lookahead.find(state.sequence(), buffer);
        final EventView event = place < 0 ? this.event : lookahead.event(place);
        if (place < 0 && !Lookahead.wrap(event, eventCommand, buffer,
            offset + blockLength)) {
            throw new IllegalStateException("an event in the log does not decode");
        }
        final int source = eventCommand.source();
        if (!sources.isKnown(source)) {
            return ResultCode.NOT_FOUND;
        }
        long session = 0;
        if (eventCommand.sessionId() != 0) {
            session = sessions.expecting(eventCommand.sessionId(), eventCommand.sessionVerId(),
                event.seqNo());
            if (session == 0) {
                return outOfPlace(source, eventCommand.sessionId(), eventCommand.sessionVerId());
            }
        }
        final ResultCode outcome = place < 0 ? intake.accept(event, source)
            : intake.accept(event, lookahead.upcoming(place));
        value = intake.firstSequence();
        final ResultCode counted = intake.closedRolledBack() ? contests.onRollback(source, event,
            intake.closingSequence(), intake.closingTs()) : outcome;
        if (counted != null) {
            sources.count(source, counted);
        }
        if (session != 0) {
            sessions.advance(session, messageHash(event, place), outcome, value);
        }
        final ClosedRound round = intake.round();
        if (round != null) {
            contests.onRound(round, place);
        }
        return outcome;
    }

    private ResultCode outOfPlace(int source, long sessionId, long sessionVerId) {
        final ResultCode refusal = sessions.refusal(sessionId, sessionVerId);
        sources.count(source, refusal);
        return refusal;
    }

    private long messageHash(EventView event, int place) {
        return place >= 0 && lookahead.upcoming(place).hasMessageHash()
            ? lookahead.upcoming(place).messageHash() : contentHash.of(event);
    }

    private ResultCode onRefused(EventRefusedDecoder from) {
        final ResultCode code = ResultCode.of(from.code());
        if (!sources.isKnown(from.source())) {
            return ResultCode.NOT_FOUND;
        }
        if (from.sessionId() != 0) {
            final long session =
                sessions.expecting(from.sessionId(), from.sessionVerId(), from.seqNo());
            if (session == 0) {
                return outOfPlace(from.source(), from.sessionId(), from.sessionVerId());
            }
            sessions.advance(session, from.contentHash(), code, state.sequence());
        }
        sources.count(from.source(), code);
        return code;
    }

    private ResultCode onTick() {
        intake.purge();
        contests.sweep();
        return ResultCode.ACCEPTED;
    }

    private ResultCode onAdvance(AdvanceTimeDecoder from) {
        // the journal stage has moved the clock; here it only must have been allowed to
        return state.get(Slot.CLOCK_MODE) == State.CLOCK_EVENT && from.toNs() >= 0
            ? ResultCode.ACCEPTED : ResultCode.BAD_STATE;
    }

    private ResultCode onRegisterSource(RegisterSourceDecoder from) {
        if (!state.hasRoom()) {
            return ResultCode.CAPACITY;
        }
        wrap(from.name());
        final int number = sources.register(text, 0, text.capacity());
        value = number;
        return number < 0 ? ResultCode.CAPACITY : ResultCode.ACCEPTED;
    }

    private ResultCode onOpenSession(OpenSessionDecoder from) {
        if (!sources.isKnown(from.source())) {
            return ResultCode.NOT_FOUND;
        }
        final ResultCode result =
            sessions.open(from.sessionId(), from.sessionVerId(), from.source());
        if (result != ResultCode.ACCEPTED) {
            sources.count(from.source(), result);
        }
        return result;
    }

    private ResultCode onPublishContest(PublishContestDecoder from) {
        from.skipActor();
        final byte[] definition = new byte[from.definitionLength()];
        from.getDefinition(definition, 0, definition.length);
        final ResultCode result = contests.publish(definition);
        value = result == ResultCode.ACCEPTED ? contests.lastVersion() : state.sequence();
        return result;
    }

    private ResultCode onExtendSchedule(ExtendScheduleDecoder from) {
        final String contest = from.contest();
        final byte[] bytes = new byte[from.startsLength()];
        from.getStarts(bytes, 0, bytes.length);
        final long[] starts = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(starts);
        return contests.extendSchedule(contest, starts);
    }

    private ResultCode onContestAction(ContestActionDecoder from) {
        wrap(from.contest());
        return contests.operate(from.operation(), text, 0, text.capacity());
    }

    private ResultCode onPlayerAction(PlayerActionDecoder from) {
        final String contest = from.contest();
        wrap(from.user());
        return contests.operate(from.operation(), contest, text, 0, text.capacity());
    }

    private ResultCode onProfile(PlayerProfileDecoder from) {
        final boolean kyc = from.flags().kyc();
        final boolean blocked = from.flags().blocked();
        wrap(from.user());
        if (!state.hasRoom() || !players.hasRoomFor(text, 0, text.capacity())) {
            return ResultCode.CAPACITY;
        }
        final int player = players.intern(text, 0, text.capacity());
        final byte[] alias = from.alias().getBytes(StandardCharsets.UTF_8);
        from.skipLocale();
        players.putProfile(player, kyc, blocked, from.selfExcludedUntilNs(), from.birthDay(),
            alias, from.segments());
        value = players.profileVersion(player);
        return ResultCode.ACCEPTED;
    }

    private ResultCode onErase(ErasePlayerDecoder from) {
        wrap(from.user());
        final int player = players.find(text, 0, text.capacity());
        if (player != 0) {
            players.erase(player);
        }
        // of a player nobody knows there is nothing to overwrite
        return ResultCode.ACCEPTED;
    }

    private ResultCode onPublishFx(PublishFxDecoder from) {
        from.skipActor();
        final byte[] table = new byte[from.tableLength()];
        from.getTable(table, 0, table.length);
        final ResultCode result = contests.publishFx(table);
        value = result == ResultCode.ACCEPTED ? contests.lastFxVersion() : state.sequence();
        return result;
    }

    private ResultCode onSetLimits(SetLimitsDecoder from) {
        if (from.behaviourVersion() < state.get(Slot.BEHAVIOUR_VERSION)) {
            return ResultCode.BAD_STATE;
        }
        state.set(Slot.MAX_LATENESS_NS, from.maxLatenessNs());
        state.set(Slot.MAX_SKEW_NS, from.maxSkewNs());
        state.set(Slot.MAX_PLAYERS, from.maxPlayers());
        state.set(Slot.MAX_CONTESTS, from.maxContests());
        state.set(Slot.MEMORY_BYTES, from.memoryBytes());
        state.set(Slot.BEHAVIOUR_VERSION, from.behaviourVersion());
        return ResultCode.ACCEPTED;
    }

    private ResultCode onResolve(ResolveRollbackDecoder from) {
        final long closing = from.closingSequence();
        final ResultCode result = contests.resolve(from.rollbackSequence(), closing, from.ts(),
            from.user(), from.provider(), from.game());
        if (result == ResultCode.ACCEPTED && contests.sourceToCount() >= 0) {
            sources.count(contests.sourceToCount(),
                closing == 0 ? ResultCode.UNKNOWN_ROUND : ResultCode.ACCEPTED);
        }
        return result;
    }

    private ResultCode onRebuild(RebuildEntryDecoder from) {
        final String contest = from.contest();
        final String entity = from.entity();
        final byte[] contents = new byte[from.contentsLength()];
        from.getContents(contents, 0, contents.length);
        return contests.rebuild(contest, entity, from.readToSequence(), from.more() != 0,
            contents);
    }

    private void wrap(String string) {
        text.wrap(string.getBytes(StandardCharsets.UTF_8));
    }
}
