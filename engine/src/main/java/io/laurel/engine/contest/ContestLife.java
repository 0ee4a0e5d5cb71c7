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
    private final Timers timers;
    private final BoardJobs jobs;
    private final Catalogue catalogue;
    private final SettledContests settled;

    ContestLife(State state, Contests contests, Timers timers, BoardJobs jobs,
        Catalogue catalogue, SettledContests settled) {
        this.state = state;
        this.contests = contests;
        this.timers = timers;
        this.jobs = jobs;
        this.catalogue = catalogue;
        this.settled = settled;
        jobs.setListener(this::onJobDone);
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
            // what waits to be derived anew holds it; the deadline is armed again behind that
            case PROVISIONAL -> contests.rebuilding(contest) > 0 ? Long.MAX_VALUE
                : contests.finalNs(contest);
            default -> Long.MAX_VALUE;
        };
    }

    /** Runs the deadline of a contest, which the timers have just given up. */
    void onDeadline(int contest) {
        contests.setDeadlineNs(contest, Long.MAX_VALUE);
        switch (contests.stateOf(contest)) {
            case SCHEDULED -> move(contest, ContestState.LIVE);
            case LIVE -> move(contest, ContestState.CLOSING);
            case CLOSING -> {
                move(contest, ContestState.PROVISIONAL);
                publishHash(contest);
            }
            case PROVISIONAL -> {
                if (contests.rebuilding(contest) == 0) {
                    finish(contest);
                }
            }
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
        catalogue.onMoved();
        if (tookRounds && !next.takesRounds()) {
            catalogue.onTakingChanged();
        }
        if (next == ContestState.LIVE && contests.scheduleOf(contest) != 0) {
            catalogue.onInstanceLive(contests.scheduleOf(contest));
        }
    }

    /** Makes a board final; settlement waits for its trees, and then for its hash. */
    private void finish(int contest) {
        move(contest, ContestState.FINAL);
        if (contests.isFrozen(contest)) {
            jobs.dropHash(contest);
            unfreeze(contest);
        } else {
            jobs.hash(contest);
        }
    }

    private void onJobDone(int contest, int job) {
        if (job == BoardJobs.HASH) {
            if (contests.stateOf(contest) == ContestState.FINAL) {
                move(contest, ContestState.SETTLED);
                settled.append(contest);
            }
            return;
        }
        if (contests.isRefreezing(contest)) {
            // what the public sees from now on is what has just caught up
            contests.setRefreezing(contest, false);
            if (contests.stateOf(contest) == ContestState.PROVISIONAL) {
                jobs.hash(contest);
            }
            return;
        }
        contests.setFrozen(contest, false);
        if (contests.stateOf(contest) == ContestState.FINAL) {
            jobs.hash(contest);
            return;
        }
        publishHash(contest);
        arm(contest);
        while (isDue(contests.deadlineNs(contest))) {
            disarm(contest);
            onDeadline(contest);
        }
    }

    /** At the end of all time, too, no deadline is none. */
    private boolean isDue(long deadlineNs) {
        return deadlineNs != Long.MAX_VALUE && deadlineNs <= state.timeNs();
    }

    /** Publishes the hash of a fixed board as it stands now. */
    void publishHash(int contest) {
        if (contests.stateOf(contest) == ContestState.PROVISIONAL
            && !contests.isFrozen(contest)) {
            jobs.hash(contest);
        }
    }

    /** Freezes the public view; while an earlier freeze still thaws, as soon as that is done. */
    ResultCode freeze(int contest) {
        if (!contests.stateOf(contest).canFreeze()) {
            return ResultCode.BAD_STATE;
        }
        if (contests.isFrozen(contest)) {
            contests.setRefreezing(contest, jobs.pending(contest, BoardJobs.THAW));
            return ResultCode.ACCEPTED;
        }
        contests.setFrozen(contest, true);
        disarm(contest);
        return ResultCode.ACCEPTED;
    }

    /** Lets the public view catch up, and then the deadlines that have passed run. */
    ResultCode unfreeze(int contest) {
        if (!contests.isFrozen(contest)) {
            return ResultCode.ACCEPTED;
        }
        contests.setRefreezing(contest, false);
        if (!jobs.pending(contest, BoardJobs.THAW)) {
            jobs.thaw(contest);
        }
        return ResultCode.ACCEPTED;
    }

    /** Makes a board final at once. */
    ResultCode finalizeNow(int contest) {
        final ContestState now = contests.stateOf(contest);
        if (now == ContestState.FINAL || now == ContestState.SETTLED) {
            return ResultCode.ACCEPTED;
        }
        if (!now.canFreeze() || contests.rebuilding(contest) > 0) {
            return ResultCode.BAD_STATE;
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
        disarm(contest);
        move(contest, ContestState.CANCELLED);
        catalogue.onStandingsOver(contest);
        jobs.dropHash(contest);
        return unfreeze(contest);
    }
}
