package io.laurel.engine.intake;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.memory.StateHash;
import io.laurel.engine.player.Players;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.protocol.wire.EventType;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides about an event (semantics 3, in its order) and, where it closes a round, fills in the
 * round. The outcome is the return value; {@link #firstSequence()} and {@link #round()} go with it.
 * What was refused at step 5 and comes again is answered as it was the first time: to call it a
 * duplicate would tell its sender that it had been taken.
 */
public final class Intake {
    /** Twice what one event can add, so that memory never grows in steady state. */
    private static final int PURGE_PER_EVENT = 4;
    private static final int PURGE_PER_TICK = 1_024;
    private static final int DISCARDS_PER_COMMAND = 4_096;

    private static final int SPIN = EventType.SPIN.value();
    private static final int ROUND_END = EventType.ROUND_END.value();
    private static final int ROLLBACK = EventType.ROLLBACK.value();

    private final State state;
    private final Seen seen;
    private final Players players;
    private final Names names;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[256]);
    private final ClosedRound round = new ClosedRound();
    private long idLow;
    private long idHigh;
    private long contentLow;
    private long contentHigh;
    private long roundLow;
    private long roundHigh;
    private long firstSequence;
    private boolean roundClosed;
    private boolean closedRolledBack;
    private long closingSequence;
    private long closingTs;

    /** Opens the intake of a state. */
    public Intake(State state, Players players, Names names) {
        this.state = state;
        this.seen = new Seen(state);
        this.players = players;
        this.names = names;
    }

    /** Returns where the last event stood in the log when it came for the first time. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Returns the round that the last event closed, or null where it closed none. */
    public ClosedRound round() {
        return roundClosed ? round : null;
    }

    /** Returns whether the last event rolled back a round that is not open. */
    public boolean closedRolledBack() {
        return closedRolledBack;
    }

    /** Returns the sequence of the event that closed that round, 0 = it is not remembered. */
    public long closingSequence() {
        return closingSequence;
    }

    /** Returns the ts of the event that closed that round, where it is remembered. */
    public long closingTs() {
        return closingTs;
    }

    /** Drops a slice of what is forgotten; the work of a tick. */
    public void purge() {
        seen.purge(state.get(Slot.HORIZON_NS), PURGE_PER_TICK);
    }

    /**
     * Moves the horizon of memory to the present time, before a command is applied. It never moves
     * back: what was forgotten once stays too late, also where limits are raised, so that nothing
     * is taken twice.
     */
    public void moveHorizon() {
        final long horizon =
            state.timeNs() - state.get(Slot.MAX_LATENESS_NS) - state.get(Slot.MAX_SKEW_NS);
        if (horizon > state.get(Slot.HORIZON_NS)) {
            state.set(Slot.HORIZON_NS, horizon);
            seen.discardOpen(horizon, DISCARDS_PER_COMMAND);
        }
    }

    /** Decides about an event of a sender at the present time. */
    public ResultCode accept(EventView event, int source) {
        roundClosed = false;
        closedRolledBack = false;
        firstSequence = state.sequence();
        final long time = state.timeNs();
        final long ts = event.ts();
        if (state.get(Slot.CLOCK_MODE) == State.CLOCK_SYSTEM
            && ts > time + state.get(Slot.MAX_SKEW_NS)) {
            return ResultCode.TOO_EARLY;
        }
        final long rememberedFrom = state.get(Slot.HORIZON_NS);
        if (ts < time - state.get(Slot.MAX_LATENESS_NS) || ts < rememberedFrom) {
            return ResultCode.TOO_LATE;
        }
        hash(event, source);
        final long known = seen.findEvent(idLow, idHigh, rememberedFrom);
        if (known != 0) {
            return again(known);
        }
        final long openOrClosed = seen.findRound(roundLow, roundHigh, rememberedFrom);
        final ResultCode outcome = check(event, openOrClosed);
        if (outcome == ResultCode.CAPACITY) {
            return outcome;
        }
        if (outcome == ResultCode.ACCEPTED) {
            take(event, openOrClosed);
        }
        seen.addEvent(idLow, idHigh, contentLow, contentHigh, ts, outcome,
            roundClosed ? roundLow : 0, roundClosed ? roundHigh : 0);
        seen.purge(rememberedFrom, PURGE_PER_EVENT);
        return outcome;
    }

    private ResultCode again(long known) {
        if (!seen.sameContent(known, contentLow, contentHigh)) {
            return ResultCode.ID_CONFLICT;
        }
        firstSequence = seen.sequenceOf(known);
        final ResultCode first = seen.outcomeOf(known);
        return first == ResultCode.ACCEPTED ? ResultCode.DUPLICATE : first;
    }

    /** Says what becomes of the event, before anything changes. */
    private ResultCode check(EventView event, long openOrClosed) {
        if (!state.hasRoom() || isNewPlayerTooMany(event)) {
            return ResultCode.CAPACITY;
        }
        final int type = event.type();
        if (openOrClosed == 0) {
            return ResultCode.ACCEPTED;
        }
        if (type == ROLLBACK) {
            return ResultCode.ACCEPTED;
        }
        if (!seen.isOpen(openOrClosed)) {
            return ResultCode.ROUND_CLOSED;
        }
        if (type == SPIN) {
            return ResultCode.ROUND_OPEN;
        }
        final int currency = event.currency();
        final int before = seen.currencyOf(openOrClosed);
        if (currency != 0 && before != 0 && currency != before) {
            return ResultCode.CURRENCY_MISMATCH;
        }
        // amounts are not negative, so a negative sum has overflowed
        final boolean overflow = seen.betOf(openOrClosed) + event.betAmountMinor() < 0
            || seen.winOf(openOrClosed) + event.winAmountMinor() < 0;
        return overflow ? ResultCode.SCORE_OVERFLOW : ResultCode.ACCEPTED;
    }

    private boolean isNewPlayerTooMany(EventView event) {
        return players.count() >= state.get(Slot.MAX_PLAYERS)
            && players.find(event.buffer(), event.offsetOf(Text.USER_ID),
                event.lengthOf(Text.USER_ID)) == 0;
    }

    private void take(EventView event, long open) {
        final int type = event.type();
        if (type == ROLLBACK) {
            rollBack(open);
        } else if (type == SPIN || type == ROUND_END) {
            close(event, open);
        } else {
            final long part = open != 0 ? open : seen.open(roundLow, roundHigh, event.ts());
            seen.addPart(part, event.betAmountMinor(), event.winAmountMinor(), event.currency(),
                event.roundStartedTs(), event.ts());
        }
    }

    private void rollBack(long openOrClosed) {
        if (openOrClosed != 0 && seen.isOpen(openOrClosed)) {
            seen.removeOpen(openOrClosed);
            return;
        }
        closedRolledBack = true;
        closingSequence = openOrClosed == 0 ? 0 : seen.sequenceOf(openOrClosed);
        closingTs = openOrClosed == 0 ? 0 : seen.tsOf(openOrClosed);
    }

    private void close(EventView event, long open) {
        long started = event.roundStartedTs();
        long earliestPart = Long.MAX_VALUE;
        round.betMinor = event.betAmountMinor();
        round.winMinor = event.winAmountMinor();
        round.currency = event.currency();
        if (open != 0) {
            round.betMinor += seen.betOf(open);
            round.winMinor += seen.winOf(open);
            round.currency = round.currency == 0 ? seen.currencyOf(open) : round.currency;
            started = Math.min(started, seen.earliestStartedOf(open));
            earliestPart = seen.earliestTsOf(open);
            seen.removeOpen(open);
        }
        final long begin = started != Long.MAX_VALUE ? started : earliestPart;
        round.ts = event.ts();
        round.durationNs = begin == Long.MAX_VALUE ? ClosedRound.UNKNOWN_DURATION
            : Math.max(0, event.ts() - begin);
        round.multiplierE4 = event.winMultiplierE4() >= 0 ? event.winMultiplierE4()
            : ClosedRound.multiplierE4(round.winMinor, round.betMinor);
        round.market = event.market();
        round.gameType = event.gameType();
        round.asn = event.asn();
        round.headless = event.headless();
        round.player = players.intern(event.buffer(), event.offsetOf(Text.USER_ID),
            event.lengthOf(Text.USER_ID));
        round.brand = names.brand(event.buffer(), event.offsetOf(Text.BRAND),
            event.lengthOf(Text.BRAND));
        round.provider = names.provider(event.buffer(), event.offsetOf(Text.GAME_PROVIDER),
            event.lengthOf(Text.GAME_PROVIDER));
        round.game = names.game(event.buffer(), event.offsetOf(Text.GAME_ID),
            event.lengthOf(Text.GAME_ID));
        round.event = event;
        roundClosed = true;
    }

    private void hash(EventView event, int source) {
        final StateHash hash = state.hash();
        final DirectBuffer buffer = event.buffer();
        hash.hash128(buffer, event.contentOffset(), event.contentEnd() - event.contentOffset());
        contentLow = hash.low();
        contentHigh = hash.high();

        final int idLength = event.lengthOf(Text.EVENT_ID);
        key.putInt(0, source);
        key.putBytes(4, buffer, event.offsetOf(Text.EVENT_ID), idLength);
        hash.hash128(key, 0, 4 + idLength);
        idLow = hash.low();
        idHigh = hash.high();

        final int userLength = event.lengthOf(Text.USER_ID);
        final int roundLength = event.lengthOf(Text.ROUND_ID);
        key.putInt(0, source | userLength << 16);
        key.putBytes(4, buffer, event.offsetOf(Text.USER_ID), userLength);
        key.putBytes(4 + userLength, buffer, event.offsetOf(Text.ROUND_ID), roundLength);
        hash.hash128(key, 0, 4 + userLength + roundLength);
        roundLow = hash.low();
        roundHigh = hash.high();
    }
}
