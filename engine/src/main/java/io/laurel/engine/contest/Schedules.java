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

    /**
     * A new version holds for every instance that has not begun; one whose start is gone is called
     * off.
     */
    void onChanged(int schedule, ContestDefinition definition, ContestLife life) {
        final long[] starts = array(definition.schedule().starts());
        long after = Long.MIN_VALUE;
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.scheduleOf(contest) != schedule) {
                continue;
            }
            final long start = contests.startNs(contest);
            final ContestState now = contests.stateOf(contest);
            if (now == ContestState.SCHEDULED && Arrays.binarySearch(starts, start) < 0) {
                life.cancel(contest);
            } else if (now == ContestState.SCHEDULED) {
                catalogue.publishInstance(schedule, instance(definition, start));
                after = Math.max(after, start);
            } else if (now != ContestState.CANCELLED) {
                after = Math.max(after, start);
            }
        }
        int from = 0;
        while (from < starts.length && starts[from] <= after) {
            from++;
        }
        contests.setStarts(schedule, starts, from);
        if (!hasInstanceToCome(schedule)) {
            makeNext(schedule);
        }
    }

    /** Adds starts to a recurring contest; those that are not behind the known ones say nothing. */
    ResultCode extend(String id, long[] more) {
        final int schedule = contests.find(id);
        if (schedule == 0) {
            return ResultCode.NOT_FOUND;
        }
        if (contests.role(schedule) != Contests.ROLE_SCHEDULE
            || contests.stateOf(schedule) == ContestState.CANCELLED) {
            return ResultCode.BAD_STATE;
        }
        final long[] before = contests.starts(schedule);
        final long[] all = Arrays.copyOf(before, before.length + more.length);
        int count = before.length;
        long last = count > 0 ? before[count - 1] : latestStart(schedule);
        for (final long start : more) {
            if (start > last) {
                all[count++] = start;
                last = start;
            }
        }
        contests.setStarts(schedule, Arrays.copyOf(all, count), 0);
        if (before.length == 0 && !hasInstanceToCome(schedule)) {
            makeNext(schedule);
        }
        return ResultCode.ACCEPTED;
    }

    private long latestStart(int schedule) {
        long latest = Long.MIN_VALUE;
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.scheduleOf(contest) == schedule) {
                latest = Math.max(latest, contests.startNs(contest));
            }
        }
        return latest;
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
        final ContestDefinition definition = catalogue.definition(schedule);
        final long[] starts = contests.starts(schedule);
        int next = 0;
        // an instance that was called off does not come back
        while (next < starts.length
            && contests.find(instanceId(definition.id(), starts[next])) != 0) {
            next++;
        }
        if (next == starts.length || !contests.hasRoom(1)) {
            contests.setStarts(schedule, starts, next);
            return;
        }
        contests.setStarts(schedule, starts, next + 1);
        catalogue.publishInstance(schedule, instance(definition, starts[next]));
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
