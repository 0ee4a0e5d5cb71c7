package io.laurel.engine.intake;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Touches;
import io.laurel.engine.player.Players;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.protocol.wire.EventType;
import org.agrona.DirectBuffer;

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
    private final long hashSeed;
    private final EventHasher hasher;
    private final ClosedRound round = new ClosedRound();
    private final Upcoming present = new Upcoming();
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
        hashSeed = state.get(Slot.HASH_SEED);
        hasher = new EventHasher(hashSeed);
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

    /** As the other one, for an event of which nothing is known. */
    public ResultCode accept(EventView event, int source) {
        foresee(event, source, present);
        return accept(event, present);
    }

    /** Decides about an event at the present time, by what was foreseen of it. */
    public ResultCode accept(EventView event, Upcoming ids) {
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
        final long known = seen.findEvent(ids.idLow, ids.idHigh, rememberedFrom);
        if (known != 0) {
            return again(ids, known);
        }
        final long openOrClosed = seen.findRound(ids.roundLow, ids.roundHigh, rememberedFrom);
        final ResultCode outcome = check(event, ids, openOrClosed);
        if (outcome == ResultCode.CAPACITY) {
            return outcome;
        }
        if (outcome == ResultCode.ACCEPTED) {
            take(event, ids, openOrClosed);
        }
        seen.addEvent(ids, ts, outcome, roundClosed);
        seen.purge(rememberedFrom, PURGE_PER_EVENT);
        return outcome;
    }

    private ResultCode again(Upcoming ids, long known) {
        if (!seen.sameContent(known, ids.contentLow, ids.contentHigh)) {
            return ResultCode.ID_CONFLICT;
        }
        firstSequence = seen.sequenceOf(known);
        final ResultCode first = seen.outcomeOf(known);
        return first == ResultCode.ACCEPTED ? ResultCode.DUPLICATE : first;
    }

    /** Says what becomes of the event, before anything changes. */
    private ResultCode check(EventView event, Upcoming ids, long openOrClosed) {
        if (!state.hasRoom() || isNewPlayerTooMany(event, ids)) {
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

    private boolean isNewPlayerTooMany(EventView event, Upcoming ids) {
        return ids.player == 0 && players.count() >= state.get(Slot.MAX_PLAYERS)
            && players.find(ids.playerHash, event.buffer(), event.offsetOf(Text.USER_ID),
                event.lengthOf(Text.USER_ID)) == 0;
    }

    private void take(EventView event, Upcoming ids, long open) {
        final int type = event.type();
        if (type == ROLLBACK) {
            rollBack(open);
        } else if (type == SPIN || type == ROUND_END) {
            close(event, ids, open);
        } else {
            final long part = open != 0 ? open : seen.open(ids.roundLow, ids.roundHigh, event.ts());
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

    private void close(EventView event, Upcoming ids, long open) {
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
        round.durationNs = begin == Long.MAX_VALUE ? ClosedRound.UNKNOWN_DURATION
            : Math.max(0, event.ts() - begin);
        round.multiplierE4 = multiplierE4(event, round);
        describe(event, round);
        round.player = ids.player != 0 ? ids.player : players.intern(ids.playerHash,
            event.buffer(), event.offsetOf(Text.USER_ID), event.lengthOf(Text.USER_ID));
        round.brand = ids.brand != 0 ? ids.brand : names.brand(event.buffer(),
            event.offsetOf(Text.BRAND), event.lengthOf(Text.BRAND));
        round.provider = ids.provider != 0 ? ids.provider : names.provider(event.buffer(),
            event.offsetOf(Text.GAME_PROVIDER), event.lengthOf(Text.GAME_PROVIDER));
        round.game = ids.game != 0 ? ids.game : names.game(event.buffer(),
            event.offsetOf(Text.GAME_ID), event.lengthOf(Text.GAME_ID));
        roundClosed = true;
    }

    private static long multiplierE4(EventView event, ClosedRound round) {
        return event.winMultiplierE4() >= 0 ? event.winMultiplierE4()
            : ClosedRound.multiplierE4(round.winMinor, round.betMinor);
    }

    private static void describe(EventView event, ClosedRound round) {
        round.ts = event.ts();
        round.market = event.market();
        round.gameType = event.gameType();
        round.asn = event.asn();
        round.headless = event.headless();
        round.event = event;
    }

    /** Computes the hashes of an event; its references are not looked for. */
    public void foresee(EventView event, int source, Upcoming into) {
        into.forgetRefs();
        hasher.hash(event, source, into);
    }

    /** As the other one, where somebody may have computed them. */
    public void foresee(EventView event, int source, EventHashes known, Upcoming into) {
        if (known.areUnder(hashSeed)) {
            into.forgetRefs();
            into.take(known);
        } else {
            foresee(event, source, into);
        }
    }

    /** Adds the lines where the hashes of an upcoming event lead. */
    public void addLines(Upcoming ids, Touches touches) {
        seen.addLines(ids, touches);
        ids.playerLine = players.lineOf(ids.playerHash);
        touches.add(ids.playerLine);
    }

    /** Adds what the next so many events will rearrange. */
    public void addGrowth(int events, Touches touches) {
        seen.addGrowth(events, touches);
    }

    /** Adds what lies one step behind {@link #addGrowth}. */
    public void addBehindGrowth(int events, Touches touches) {
        seen.addBehindGrowth(events, touches);
    }

    /** Adds what lies one step behind {@link #addLines}. */
    public void addBehind(Upcoming ids, Touches touches) {
        seen.addBehind(ids, touches);
        ids.guess = players.guess(ids.playerLine, ids.playerHash);
        touches.add(Allocator.at(ids.guess));
    }

    /**
     * Looks for the references of an upcoming event, and fills in the round that it would close on
     * its own.
     *
     * @return whether it looks as if it will close one, of a player who is known
     */
    public boolean foresee(EventView event, Upcoming ids, ClosedRound expected) {
        final DirectBuffer buffer = event.buffer();
        ids.player = players.find(ids.guess, ids.playerHash, buffer,
            event.offsetOf(Text.USER_ID), event.lengthOf(Text.USER_ID));
        ids.brand = names.findBrand(buffer, event.offsetOf(Text.BRAND),
            event.lengthOf(Text.BRAND));
        ids.provider = names.findProvider(buffer, event.offsetOf(Text.GAME_PROVIDER),
            event.lengthOf(Text.GAME_PROVIDER));
        ids.game = names.findGame(buffer, event.offsetOf(Text.GAME_ID),
            event.lengthOf(Text.GAME_ID));
        final int type = event.type();
        if (type != SPIN && type != ROUND_END || ids.player == 0 || ids.brand == 0
            || ids.provider == 0 || ids.game == 0) {
            return false;
        }
        describe(event, expected);
        expected.betMinor = event.betAmountMinor();
        expected.winMinor = event.winAmountMinor();
        expected.currency = event.currency();
        expected.durationNs = ClosedRound.UNKNOWN_DURATION;
        expected.multiplierE4 = multiplierE4(event, expected);
        expected.player = ids.player;
        expected.brand = ids.brand;
        expected.provider = ids.provider;
        expected.game = ids.game;
        return true;
    }
}
