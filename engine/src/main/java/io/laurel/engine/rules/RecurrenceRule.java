package io.laurel.engine.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a recurrence rule (RFC 5545, 3.3.10), as far as schedules know them.
 *
 * @param frequency how often
 * @param interval every so many periods
 * @param count starts at most; UNBOUNDED = any number
 * @param until local or UTC time as written; null = none
 * @param byDay weekdays, with an ordinal inside month or year
 * @param byMonthDay 1 to 31, or -1 to -31 from the end
 * @param byHour ascending
 * @param byMinute ascending
 * @param weekStart first day of a week
 */
record RecurrenceRule(Frequency frequency, int interval, int count, String until,
    List<Weekday> byDay, List<Integer> byMonthDay, List<Integer> byHour, List<Integer> byMinute,
    DayOfWeek weekStart) {

    /** Instead of a count. */
    static final int UNBOUNDED = -1;

    /** How often. */
    enum Frequency {
        HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY
    }

    /** A weekday; ordinal 0 means every one of the period. */
    record Weekday(int ordinal, DayOfWeek day) {
    }

    private static final List<String> PARTS = List.of("FREQ", "INTERVAL", "COUNT", "UNTIL",
        "BYDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE", "WKST");
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Pattern WEEKDAY = Pattern.compile("([+-]?[0-9]{1,2})?([A-Z]{2})");
    private static final Pattern UNTIL = Pattern.compile("[0-9]{8}(T[0-9]{6}Z?)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,6}");
    private static final DateTimeFormatter DATE_TIME =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final int MAX_INTERVAL = 10_000;
    private static final int MAX_COUNT = 100_000;

    static RecurrenceRule parse(String text) {
        final Map<String, String> parts = new HashMap<>();
        for (final String part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
            final int equals = part.indexOf('=');
            final String name = equals < 0 ? part : part.substring(0, equals);
            if (!PARTS.contains(name)) {
                throw new IllegalArgumentException("part '" + Field.clip(name)
                    + "' is not supported; supported are " + String.join(", ", PARTS));
            }
            if (equals < 0 || parts.put(name, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("part " + name + " must stand once, as "
                    + name + "=...");
            }
        }
        if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
            throw new IllegalArgumentException("COUNT and UNTIL exclude each other");
        }
        final RecurrenceRule rule = new RecurrenceRule(frequency(parts.get("FREQ")),
            one(parts, "INTERVAL", 1, MAX_INTERVAL, 1),
            one(parts, "COUNT", 1, MAX_COUNT, UNBOUNDED),
            until(parts.get("UNTIL")), list(parts, "BYDAY", RecurrenceRule::weekday),
            numbers(parts, "BYMONTHDAY", -31, 31), numbers(parts, "BYHOUR", 0, 23),
            numbers(parts, "BYMINUTE", 0, 59),
            day("WKST", parts.getOrDefault("WKST", "MO")));
        rule.check();
        return rule;
    }

    RecurrenceRule withoutCount() {
        return new RecurrenceRule(frequency, interval, UNBOUNDED, until, byDay, byMonthDay, byHour,
            byMinute, weekStart);
    }

    private void check() {
        if (byMonthDay.contains(0)) {
            throw new IllegalArgumentException("BYMONTHDAY must be 1 to 31 or -1 to -31, not 0");
        }
        if (frequency == Frequency.WEEKLY && !byMonthDay.isEmpty()) {
            throw new IllegalArgumentException("BYMONTHDAY does not go with FREQ=WEEKLY");
        }
        final int most = switch (frequency) {
            case MONTHLY -> 5;
            case YEARLY -> 53;
            default -> 0;
        };
        for (final Weekday weekday : byDay) {
            if (Math.abs(weekday.ordinal()) > most) {
                throw new IllegalArgumentException("BYDAY with the ordinal " + weekday.ordinal()
                    + " does not go with FREQ=" + frequency);
            }
        }
    }

    /** Whether a day passes BYDAY, or there is none. */
    boolean hasWeekday(LocalDate day) {
        for (final Weekday weekday : byDay) {
            if (weekday.day() == day.getDayOfWeek()
                && (weekday.ordinal() == 0 || ordinal(day, weekday.ordinal() > 0)
                    == weekday.ordinal())) {
                return true;
            }
        }
        return byDay.isEmpty();
    }

    /** The how-manieth such weekday of its month or year this is, from the front or the back. */
    private int ordinal(LocalDate day, boolean fromFront) {
        final boolean inMonth = frequency == Frequency.MONTHLY;
        final int number = inMonth ? day.getDayOfMonth() : day.getDayOfYear();
        final int length = inMonth ? day.lengthOfMonth() : day.lengthOfYear();
        return fromFront ? (number - 1) / 7 + 1 : -((length - number) / 7 + 1);
    }

    /** Whether a day passes BYMONTHDAY, or there is none. */
    boolean hasMonthDay(LocalDate day) {
        final int fromEnd = day.getDayOfMonth() - YearMonth.from(day).lengthOfMonth() - 1;
        return byMonthDay.isEmpty() || byMonthDay.contains(day.getDayOfMonth())
            || byMonthDay.contains(fromEnd);
    }

    /** First day of the week of a day. */
    LocalDate weekStart(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(weekStart));
    }

    /** The first ns after UNTIL, which itself still belongs to the rule. */
    long untilNs(ZoneId zone) {
        if (until == null) {
            return Long.MAX_VALUE;
        }
        if (until.length() == 8) {
            return Recurrence.instantNs(LocalDate.parse(until, DateTimeFormatter.BASIC_ISO_DATE)
                .plusDays(1).atStartOfDay(), zone.getRules());
        }
        final boolean utc = until.endsWith("Z");
        final LocalDateTime time =
            LocalDateTime.parse(utc ? until.substring(0, until.length() - 1) : until, DATE_TIME);
        return Recurrence.instantNs(time, (utc ? ZoneId.of("UTC") : zone).getRules()) + 1;
    }

    private static Frequency frequency(String text) {
        for (final Frequency frequency : Frequency.values()) {
            if (frequency.name().equals(text)) {
                return frequency;
            }
        }
        throw new IllegalArgumentException("FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY, "
            + "found " + (text == null ? "none" : "'" + Field.clip(text) + "'"));
    }

    private static String until(String text) {
        if (text == null) {
            return null;
        }
        try {
            if (UNTIL.matcher(text).matches()) {
                final LocalDate date = LocalDate.parse(text.substring(0, 8),
                    DateTimeFormatter.BASIC_ISO_DATE);
                if (text.length() > 8) {
                    LocalDateTime.parse(text.substring(0, 15), DATE_TIME);
                }
                if (date.getYear() >= 1970 && date.getYear() < 2200) {
                    return text;
                }
            }
        } catch (final DateTimeParseException error) {
            throw new IllegalArgumentException("UNTIL is no date: " + text, error);
        }
        throw new IllegalArgumentException("UNTIL must be a date such as 20251231 or "
            + "20251231T180000Z from 1970 to 2199, found '" + Field.clip(text) + "'");
    }

    private static int one(Map<String, String> parts, String name, int least, int most,
        int absent) {
        final String text = parts.get(name);
        return text == null ? absent : number(name, text, least, most);
    }

    private static int number(String name, String text, int least, int most) {
        if (NUMBER.matcher(text).matches()) {
            final int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + " must be a number from " + least + " to " + most
            + ", found '" + Field.clip(text) + "'");
    }

    private static <T> List<T> list(Map<String, String> parts, String name,
        Function<String, T> item) {
        final List<T> items = new ArrayList<>();
        if (parts.containsKey(name)) {
            for (final String text : parts.get(name).split(",", -1)) {
                items.add(item.apply(text));
            }
        }
        return items;
    }

    private static List<Integer> numbers(Map<String, String> parts, String name, int least,
        int most) {
        return list(parts, name, item -> number(name, item, least, most)).stream().distinct()
            .sorted().toList();
    }

    private static Weekday weekday(String text) {
        final Matcher matcher = WEEKDAY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("BYDAY must be weekdays such as MO or -1FR, found '"
                + Field.clip(text) + "'");
        }
        final int ordinal = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        if (matcher.group(1) != null && ordinal == 0) {
            throw new IllegalArgumentException("BYDAY has no ordinal 0");
        }
        return new Weekday(ordinal, day("BYDAY", matcher.group(2)));
    }

    private static DayOfWeek day(String part, String text) {
        final int index = DAYS.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException(part + " must be one of " + String.join(", ", DAYS)
                + ", found '" + Field.clip(text) + "'");
        }
        return DayOfWeek.of(index + 1);
    }
}
