package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.State;
import io.laurel.engine.timer.Timers;

/**
 * Moves contests through their life (semantics 4): by deadline, by an operator's word. Deadlines
 * are absolute; a frozen contest has none armed, and runs those that have passed when it thaws.
 */
final class ContestLife {
    private final State state;
    private final Contests contests;
    private final Boards boards;
    private final Participants participants;
    private final Timers timers;
    private final BoardDigest digest;
    private final Catalogue catalogue;

    ContestLife(State state, Contests contests, Boards boards, Participants participants,
        Timers timers, BoardDigest digest, Catalogue catalogue) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.participants = participants;
        this.timers = timers;
        this.digest = digest;
        this.catalogue = catalogue;
    }

    /** Arms the deadline that comes next in the life of a contest. */
    void arm(int contest) {
        disarm(contest);
        if (contests.isFrozen(contest) || contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return;
        }
        final long deadline = nextDeadlineNs(contest);
        if (deadline != Long.MAX_VALUE) {
            contests.setDeadlineNs(contest, deadline);
            timers.add(deadline, Dictionaries.CONTEST, contest);
        }
    }

    private void disarm(int contest) {
        final long armed = contests.deadlineNs(contest);
        if (armed != Long.MAX_VALUE) {
            timers.remove(armed, Dictionaries.CONTEST, contest);
            contests.setDeadlineNs(contest, Long.MAX_VALUE);
        }
    }

    private long nextDeadlineNs(int contest) {
        return switch (contests.stateOf(contest)) {
            case SCHEDULED -> contests.startNs(contest);
            case LIVE -> contests.endNs(contest);
            case CLOSING -> contests.provisionalNs(contest);
            case PROVISIONAL -> contests.finalNs(contest);
            default -> Long.MAX_VALUE;
        };
    }

    /** Runs the deadline of a contest, which the timers have just given up. */
    void onDeadline(int contest) {
        contests.setDeadlineNs(contest, Long.MAX_VALUE);
        switch (contests.stateOf(contest)) {
            case SCHEDULED -> move(contest, ContestState.LIVE);
            case LIVE -> move(contest, ContestState.CLOSING);
            case CLOSING -> move(contest, ContestState.PROVISIONAL);
            case PROVISIONAL -> finish(contest);
            default -> throw new IllegalStateException("no deadline in this state");
        }
        arm(contest);
    }

    private void move(int contest, ContestState next) {
        if (!contests.stateOf(contest).canMoveTo(next)) {
            throw new IllegalStateException(
                contests.stateOf(contest) + " cannot become " + next);
        }
        final boolean tookRounds = contests.stateOf(contest).takesRounds();
        contests.setState(contest, next);
        if (next == ContestState.PROVISIONAL || next == ContestState.FINAL) {
            publishHash(contest);
        }
        if (tookRounds && !next.takesRounds()) {
            catalogue.onTakingChanged();
        }
        if (next == ContestState.LIVE && contests.scheduleOf(contest) != 0) {
            catalogue.onInstanceLive(contests.scheduleOf(contest));
        }
    }

    private void finish(int contest) {
        move(contest, ContestState.FINAL);
        move(contest, ContestState.SETTLED);
    }

    /** Fixes the hash of the board as it stands now. */
    void publishHash(int contest) {
        contests.setBoardHash(contest, digest.boardHash(catalogue.compiled(contest)));
    }

    /** Freezes the public view. */
    ResultCode freeze(int contest) {
        if (contests.isFrozen(contest)) {
            return ResultCode.ACCEPTED;
        }
        if (!contests.stateOf(contest).canFreeze()) {
            return ResultCode.BAD_STATE;
        }
        contests.setFrozen(contest, true);
        disarm(contest);
        return ResultCode.ACCEPTED;
    }

    /** Lets the public view catch up and runs the deadlines that have passed. */
    ResultCode unfreeze(int contest) {
        if (!contests.isFrozen(contest)) {
            return contests.stateOf(contest).canFreeze()
                ? ResultCode.ACCEPTED : ResultCode.BAD_STATE;
        }
        thaw(contest);
        arm(contest);
        while (contests.deadlineNs(contest) <= state.timeNs()) {
            disarm(contest);
            onDeadline(contest);
        }
        return ResultCode.ACCEPTED;
    }

    private void thaw(int contest) {
        contests.setFrozen(contest, false);
        boards.catchUp(catalogue.compiled(contest), participants::isVisible);
    }

    /** Makes a board final at once. */
    ResultCode finalizeNow(int contest) {
        final ContestState now = contests.stateOf(contest);
        if (now == ContestState.FINAL || now == ContestState.SETTLED) {
            return ResultCode.ACCEPTED;
        }
        if (!now.canFreeze()) {
            return ResultCode.BAD_STATE;
        }
        if (contests.isFrozen(contest)) {
            thaw(contest);
        }
        disarm(contest);
        finish(contest);
        return ResultCode.ACCEPTED;
    }

    /** Calls a contest off. */
    ResultCode cancel(int contest) {
        final ContestState now = contests.stateOf(contest);
        if (now == ContestState.CANCELLED) {
            return ResultCode.ACCEPTED;
        }
        if (!now.canMoveTo(ContestState.CANCELLED)) {
            return ResultCode.BAD_STATE;
        }
        if (contests.isFrozen(contest)) {
            thaw(contest);
        }
        disarm(contest);
        move(contest, ContestState.CANCELLED);
        return ResultCode.ACCEPTED;
    }

    /** Returns whether a change of entries must publish a new hash: the board is fixed. */
    boolean isFixed(int contest) {
        return contests.stateOf(contest) == ContestState.PROVISIONAL;
    }
}
