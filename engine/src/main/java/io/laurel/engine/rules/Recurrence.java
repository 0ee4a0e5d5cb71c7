package io.laurel.engine.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A recurrence rule of RFC 5545 in the subset that schedules use, resolved to instants. The anchor
 * (the RFC's DTSTART) is the given {@code from}: intervals count from its day, week, month, year or
 * hour, and what the rule leaves open (weekday, day, hour, minute) is taken from it. Once the rule
 * names an hour or a minute, everything finer that it does not name is 0.
 *
 * <p>All parts mean local time. A local time inside a gap becomes the first instant after the gap,
 * one inside an overlap its first occurrence; equal instants count once.
 */
public final class Recurrence {
    /** How far ahead a document is resolved. */
    public static final int MAX_DAYS_AHEAD = 400;
    /** Instants of one resolution. */
    public static final int MAX_STARTS = 2_048;
    /** Stands for no start at all. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long HOURS_PER_DAY = 24;

    private final RecurrenceRule rule;

    private Recurrence(RecurrenceRule rule) {
        this.rule = rule;
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException naming the part that is wrong or not supported
     */
    public static Recurrence parse(String rrule) {
        return new Recurrence(RecurrenceRule.parse(rrule));
    }

    /**
     * Resolves a rule from its anchor on.
     *
     * @param rrule text of the rule
     * @param zone IANA time zone
     * @param fromNs anchor; no start before
     * @param untilNs no start at or after
     * @param horizonEndNs no start at or after, for this resolution only
     * @param max starts at most
     * @return ns since the Unix epoch, ascending
     * @throws IllegalArgumentException where the rule is none
     */
    public static List<Long> starts(String rrule, String zone, long fromNs, long untilNs,
        long horizonEndNs, int max) {
        return parse(rrule).starts(zone, fromNs, untilNs, Long.MIN_VALUE, horizonEndNs, max);
    }

    /** Resolves the starts that lie after an instant; COUNT still counts from the anchor. */
    public List<Long> starts(String zone, long fromNs, long untilNs, long afterNs,
        long horizonEndNs, int max) {
        final ZoneId zoneId = ZoneId.of(zone);
        final LocalDateTime anchor = local(fromNs, zoneId);
        final long endNs = Math.min(Math.min(untilNs, horizonEndNs),
            Math.min(rule.untilNs(zoneId), TimeText.END_OF_TIME_NS));
        final List<LocalTime> times = times(anchor.toLocalTime());
        final List<Long> starts = new ArrayList<>();
        long last = Long.MIN_VALUE;
        int count = 0;
        for (LocalDate day = firstDay(anchor, afterNs, zoneId); ; day = day.plusDays(1)) {
            if (instantNs(day.atStartOfDay(), zoneId.getRules()) >= endNs) {
                return Collections.unmodifiableList(starts);
            }
            if (!hasDay(day, anchor.toLocalDate())) {
                continue;
            }
            for (final LocalTime time : times) {
                if (!hasHour(day, time, anchor)) {
                    continue;
                }
                final long instantNs = instantNs(day.atTime(time), zoneId.getRules());
                if (instantNs < fromNs || instantNs <= last) {
                    continue;
                }
                if (instantNs >= endNs || starts.size() == max || count == rule.count()) {
                    return Collections.unmodifiableList(starts);
                }
                last = instantNs;
                count++;
                if (instantNs > afterNs) {
                    starts.add(instantNs);
                }
            }
        }
    }

    /** Where nothing is counted, days that are over need no look; two make up for any zone. */
    private LocalDate firstDay(LocalDateTime anchor, long afterNs, ZoneId zone) {
        final LocalDate first = anchor.toLocalDate();
        if (rule.count() != RecurrenceRule.UNBOUNDED || afterNs < 0) {
            return first;
        }
        final LocalDate later = local(Math.min(afterNs, TimeText.END_OF_TIME_NS), zone)
            .toLocalDate().minusDays(2);
        return later.isAfter(first) ? later : first;
    }

    /** Returns the first start at or after now of the rule with this anchor, or NEVER. */
    long firstStart(String zone, long fromNs, long nowNs) {
        final long horizonNs = nowNs + MAX_DAYS_AHEAD * TimeText.DAY_NS;
        final List<Long> starts = new Recurrence(rule.withoutCount())
            .starts(zone, fromNs, NEVER, nowNs - 1, horizonNs, 1);
        return starts.isEmpty() ? NEVER : starts.get(0);
    }

    private boolean hasDay(LocalDate day, LocalDate anchor) {
        final long interval = rule.interval();
        return switch (rule.frequency()) {
            case HOURLY -> rule.hasWeekday(day) && rule.hasMonthDay(day);
            case DAILY -> ChronoUnit.DAYS.between(anchor, day) % interval == 0
                && rule.hasWeekday(day) && rule.hasMonthDay(day);
            case WEEKLY -> ChronoUnit.WEEKS.between(rule.weekStart(anchor), rule.weekStart(day))
                % interval == 0 && (rule.byDay().isEmpty()
                    ? day.getDayOfWeek() == anchor.getDayOfWeek() : rule.hasWeekday(day));
            case MONTHLY -> months(day, anchor) % interval == 0 && hasDayOfPeriod(day, anchor);
            case YEARLY -> (day.getYear() - anchor.getYear()) % interval == 0
                && hasDayOfPeriod(day, anchor)
                && (hasDays() || day.getMonth() == anchor.getMonth());
        };
    }

    private boolean hasDays() {
        return !rule.byDay().isEmpty() || !rule.byMonthDay().isEmpty();
    }

    private boolean hasDayOfPeriod(LocalDate day, LocalDate anchor) {
        return hasDays() ? rule.hasWeekday(day) && rule.hasMonthDay(day)
            : day.getDayOfMonth() == anchor.getDayOfMonth();
    }

    private static long months(LocalDate day, LocalDate anchor) {
        return (day.getYear() - anchor.getYear()) * 12L + day.getMonthValue()
            - anchor.getMonthValue();
    }

    private boolean hasHour(LocalDate day, LocalTime time, LocalDateTime anchor) {
        if (rule.frequency() != RecurrenceRule.Frequency.HOURLY) {
            return true;
        }
        final long hours = day.toEpochDay() * HOURS_PER_DAY + time.getHour()
            - anchor.toLocalDate().toEpochDay() * HOURS_PER_DAY - anchor.getHour();
        return Math.floorMod(hours, (long) rule.interval()) == 0;
    }

    private List<LocalTime> times(LocalTime anchor) {
        final boolean byHour = !rule.byHour().isEmpty();
        final boolean byMinute = !rule.byMinute().isEmpty();
        final List<Integer> minutes = byMinute ? rule.byMinute()
            : List.of(byHour ? 0 : anchor.getMinute());
        final List<LocalTime> times = new ArrayList<>();
        for (int hour = 0; hour < HOURS_PER_DAY; hour++) {
            final boolean wanted = byHour ? rule.byHour().contains(hour)
                : rule.frequency() == RecurrenceRule.Frequency.HOURLY || hour == anchor.getHour();
            for (int index = 0; wanted && index < minutes.size(); index++) {
                times.add(byHour || byMinute ? LocalTime.of(hour, minutes.get(index))
                    : LocalTime.of(hour, minutes.get(index), anchor.getSecond(),
                        anchor.getNano()));
            }
        }
        return times;
    }

    /** The first valid instant for a local time. */
    static long instantNs(LocalDateTime local, ZoneRules rules) {
        final List<ZoneOffset> offsets = rules.getValidOffsets(local);
        final long seconds = offsets.isEmpty() ? rules.getTransition(local).toEpochSecond()
            : local.toEpochSecond(offsets.get(0));
        return seconds * TimeText.SECOND_NS + (offsets.isEmpty() ? 0 : local.getNano());
    }

    private static LocalDateTime local(long instantNs, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(
            Math.floorDiv(instantNs, TimeText.SECOND_NS),
            Math.floorMod(instantNs, TimeText.SECOND_NS)), zone);
    }
}
