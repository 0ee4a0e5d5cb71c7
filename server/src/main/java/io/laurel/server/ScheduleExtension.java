package io.laurel.server;

import io.laurel.engine.query.EngineReads;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.Recurrence;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Keeps recurring contests resolved for more than a year ahead: where the starts of one run out
 * sooner, the next ones are logged. What has been logged stands, whatever time zones do later.
 */
final class ScheduleExtension implements Runnable {
    private static final long AHEAD_NS = TimeUnit.DAYS.toNanos(Recurrence.MAX_DAYS_AHEAD);
    private static final long SOON_NS = TimeUnit.DAYS.toNanos(Recurrence.MAX_DAYS_AHEAD - 30);

    private final NodeCommands commands;

    /** A schedule that runs out: its rules, its last start, and up to when it is wanted. */
    private record Due(String id, Schedule schedule, long lastNs, long horizonNs) {
        List<Long> starts() {
            return Recurrence.parse(schedule.rrule()).starts(schedule.zone(), schedule.fromNs(),
                schedule.untilNs(), lastNs, horizonNs, Recurrence.MAX_STARTS);
        }
    }

    ScheduleExtension(NodeCommands commands) {
        this.commands = commands;
    }

    @Override
    public void run() {
        commands.read(ScheduleExtension::due).thenAccept(all -> all.forEach(due -> {
            final List<Long> starts = due.starts();
            if (!starts.isEmpty()) {
                commands.send(writer -> writer.extendSchedule(due.id(), starts));
            }
        }));
    }

    private static List<Due> due(EngineReads reads) {
        final long nowNs = reads.status().timeNs();
        return reads.schedulesToExtend(nowNs + SOON_NS).stream().map(id -> {
            final Schedule schedule = reads.contest(id).definition().schedule();
            final long lastNs = Math.max(reads.lastStartNs(id), lastMadeNs(reads, id, nowNs));
            return schedule == null ? null : new Due(id, schedule, lastNs, nowNs + AHEAD_NS);
        }).filter(Objects::nonNull).toList();
    }

    /** The start of the latest instance; nothing at or before now is made afterwards. */
    private static long lastMadeNs(EngineReads reads, String id, long nowNs) {
        return reads.contests().stream().filter(contest -> contest.schedule().equals(id))
            .mapToLong(contest -> contest.startNs()).reduce(nowNs, Math::max);
    }
}
