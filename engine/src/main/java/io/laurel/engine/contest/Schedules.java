package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.rules.ContestDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the instances of recurring contests. There is always one to come: the next is made when the
 * schedule is published and whenever an instance goes live. Starts are instants from the log.
 */
final class Schedules {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Contests contests;
    private final Catalogue catalogue;

    Schedules(Contests contests, Catalogue catalogue) {
        this.contests = contests;
        this.catalogue = catalogue;
    }

    /** Returns rules under another id, with another window or schedule. */
    static ContestDefinition with(ContestDefinition from, String id,
        ContestDefinition.Window window, ContestDefinition.Schedule schedule) {
        return new ContestDefinition(id, from.name(), window, schedule, from.scope(),
            from.optIn(), from.scoring(), from.board(), from.antiAbuse(), from.rewards(),
            from.fxTable(), from.lateGraceNs(), from.appealNs(), from.restart());
    }

    /** Returns the id of an instance: the schedule's id and the start in UTC. */
    static String instanceId(String schedule, long startNs) {
        return schedule + "@" + Instant.ofEpochSecond(Math.floorDiv(startNs, SECOND_NS),
            Math.floorMod(startNs, SECOND_NS)).atOffset(ZoneOffset.UTC);
    }

    /** Takes the starts of a new recurring contest and makes its first instance. */
    void onPublished(int schedule, ContestDefinition definition) {
        contests.setStarts(schedule, array(definition.schedule().starts()), 0);
        makeNext(schedule);
    }

    /** A new version holds for every instance that has not begun. */
    void onChanged(int schedule, ContestDefinition definition) {
        long after = Long.MIN_VALUE;
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.scheduleOf(contest) == schedule) {
                after = Math.max(after, contests.startNs(contest));
                if (contests.stateOf(contest) == ContestState.SCHEDULED) {
                    catalogue.publishInstance(schedule,
                        instance(definition, contests.startNs(contest)));
                }
            }
        }
        final long[] starts = array(definition.schedule().starts());
        int from = 0;
        while (from < starts.length && starts[from] <= after) {
            from++;
        }
        contests.setStarts(schedule, starts, from);
        if (after == Long.MIN_VALUE) {
            makeNext(schedule);
        }
    }

    /** Adds starts to a recurring contest. */
    ResultCode extend(String id, long[] more) {
        final int schedule = contests.find(id);
        if (schedule == 0 || contests.role(schedule) != Contests.ROLE_SCHEDULE) {
            return ResultCode.NOT_FOUND;
        }
        if (contests.stateOf(schedule) == ContestState.CANCELLED) {
            return ResultCode.BAD_STATE;
        }
        final long[] before = contests.starts(schedule);
        final long[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        for (int i = 1; i < all.length; i++) {
            if (all[i] <= all[i - 1]) {
                return ResultCode.INVALID;
            }
        }
        contests.setStarts(schedule, all, 0);
        if (before.length == 0 && !hasInstanceToCome(schedule)) {
            makeNext(schedule);
            catalogue.onTakingChanged();
        }
        return ResultCode.ACCEPTED;
    }

    /** Ends a recurring contest: instances that have begun go on, no other one comes. */
    ResultCode cancel(int schedule, ContestLife life) {
        contests.setStarts(schedule, new long[0], 0);
        contests.setState(schedule, ContestState.CANCELLED);
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.scheduleOf(contest) == schedule
                && contests.stateOf(contest) == ContestState.SCHEDULED) {
                life.cancel(contest);
            }
        }
        return ResultCode.ACCEPTED;
    }

    private boolean hasInstanceToCome(int schedule) {
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.scheduleOf(contest) == schedule
                && contests.stateOf(contest) == ContestState.SCHEDULED) {
                return true;
            }
        }
        return false;
    }

    /** Makes the next instance, where a start is left and there is room. */
    void makeNext(int schedule) {
        final long[] starts = contests.starts(schedule);
        if (starts.length == 0 || !contests.hasRoom(1)) {
            return;
        }
        contests.setStarts(schedule, starts, 1);
        catalogue.publishInstance(schedule,
            instance(catalogue.definition(schedule), starts[0]));
        catalogue.onTakingChanged();
    }

    private ContestDefinition instance(ContestDefinition of, long startNs) {
        final ContestDefinition.Schedule schedule = of.schedule();
        return with(of, instanceId(of.id(), startNs), new ContestDefinition.Window(startNs,
            startNs + schedule.durationNs(), schedule.zone()), null);
    }

    private static long[] array(List<Long> starts) {
        return starts.stream().mapToLong(Long::longValue).toArray();
    }
}
