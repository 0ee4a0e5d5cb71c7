package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The part {@code schedule} of a contest (semantics 4), resolved to instants. */
final class ScheduleReader {
    private static final List<String> KEYS =
        List.of("rrule", "duration", "tz", "from", "until");

    private ScheduleReader() {
    }

    /**
     * Reads and resolves a schedule. Without {@code from} the first start at or after now takes its
     * place, with the rule anchored at the midnight before; so the record alone, without the now of
     * its publication, yields the same instants. Instances that are over are left out.
     */
    static Schedule read(Field part, long lateGraceNs, long nowNs) {
        final Fields fields = Fields.of(part, KEYS);
        final Field rule = fields.needed("rrule");
        final String rrule = rule.text(256);
        final String zone = fields.read("tz", "UTC", Field::zone);
        final long durationNs = fields.needed("duration")
            .durationNs(TimeText.SECOND_NS, Terms.MAX_SPAN_NS);
        final Field until = fields.get("until");
        final long untilNs = until == null ? Long.MAX_VALUE : until.instantNs();
        final Field from = fields.get("from");
        try {
            final Recurrence recurrence = Recurrence.parse(rrule);
            final long fromNs = from != null ? from.instantNs()
                : recurrence.firstStart(zone, midnightNs(zone, nowNs), nowNs);
            if (fromNs == Recurrence.NEVER || untilNs <= fromNs) {
                throw until == null ? rule.error("has no start within "
                    + Recurrence.MAX_DAYS_AHEAD + " days")
                    : until.error("must be after the first start");
            }
            final long horizonNs =
                Math.max(nowNs, fromNs) + Recurrence.MAX_DAYS_AHEAD * TimeText.DAY_NS;
            if (recurrence.starts(zone, fromNs, untilNs, Long.MIN_VALUE, horizonNs, 1).isEmpty()) {
                throw rule.error("has no start within " + Recurrence.MAX_DAYS_AHEAD + " days");
            }
            return new Schedule(rrule, durationNs, zone, fromNs, from != null, untilNs,
                recurrence.starts(zone, fromNs, untilNs, nowNs - durationNs - lateGraceNs,
                    horizonNs, Recurrence.MAX_STARTS));
        } catch (final IllegalArgumentException error) {
            throw rule.error("is no rule that can be used: " + error.getMessage());
        }
    }

    private static long midnightNs(String zone, long nowNs) {
        final ZoneId zoneId = ZoneId.of(zone);
        final LocalDate today = Instant.ofEpochSecond(Math.floorDiv(nowNs, TimeText.SECOND_NS))
            .atZone(zoneId).toLocalDate();
        return today.atStartOfDay(zoneId).toEpochSecond() * TimeText.SECOND_NS;
    }
}
