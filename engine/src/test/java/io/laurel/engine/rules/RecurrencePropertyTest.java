package io.laurel.engine.rules;

import static io.laurel.engine.rules.DocumentFiles.ns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Resolves random rules around changes of the clock and compares them with a walk that looks at
 * every minute, in real time and on the wall.
 */
class RecurrencePropertyTest {
    private static final long SEED = 20_180_215L;
    private static final int RULES_PER_SPAN = 60;
    private static final int DAYS = 12;
    private static final long MINUTE_S = 60;

    /** Zone and a day shortly before its clock changes. */
    private static final String[][] SPANS = {
        {"Europe/Kyiv", "2025-10-20T00:00Z"}, {"Europe/Kyiv", "2025-03-24T00:00Z"},
        {"America/Sao_Paulo", "2018-02-10T00:00Z"}, {"America/Sao_Paulo", "2018-10-28T00:00Z"},
        {"Australia/Lord_Howe", "2025-04-01T00:00Z"}, {"Australia/Lord_Howe", "2025-09-28T00:00Z"},
        {"UTC", "2024-02-22T00:00Z"},
    };

    private final Random random = new Random(SEED);

    @Test
    void shouldAgreeWithAWalkOverEveryMinute() {
        int starts = 0;
        for (final String[] span : SPANS) {
            final ZoneId zone = ZoneId.of(span[0]);
            for (int number = 0; number < RULES_PER_SPAN; number++) {
                final long fromS = ns(span[1].replace("Z", ":00Z")) / 1_000_000_000L
                    + random.nextInt(3 * 24 * 60) * MINUTE_S;
                final Case made = random(LocalDateTime.ofEpochSecond(fromS, 0,
                    zone.getRules().getOffset(Instant.ofEpochSecond(fromS))));
                final long endS = fromS + DAYS * 86_400L;
                final List<Long> expected = walk(made, zone, fromS, endS);
                assertEquals(expected, Recurrence.starts(made.text, span[0],
                    fromS * 1_000_000_000L, Long.MAX_VALUE, endS * 1_000_000_000L,
                    Recurrence.MAX_STARTS), "seed " + SEED + ": " + made.text + " in " + zone
                        + " from " + Instant.ofEpochSecond(fromS));
                starts += expected.size();
            }
        }
        assertTrue(starts > 1000, "the rules are not all empty: " + starts);
    }

    /** A rule and, apart from its text, the wall minutes that it means. */
    private record Case(String text, Predicate<LocalDateTime> wall, int count) {
    }

    private Case random(LocalDateTime anchor) {
        final StringBuilder text = new StringBuilder("FREQ=");
        final int kind = random.nextInt(3);
        final int interval = 1 + random.nextInt(3);
        text.append(new String[] {"HOURLY", "DAILY", "WEEKLY"}[kind]);
        if (interval > 1) {
            text.append(";INTERVAL=").append(interval);
        }
        final TreeSet<Integer> hours = numbers(";BYHOUR=", 0, 5, text);
        final TreeSet<Integer> minutes = numbers(";BYMINUTE=", 0, 59, text);
        final TreeSet<Integer> days = new TreeSet<>();
        if (random.nextInt(3) == 0) {
            text.append(";BYDAY=");
            for (int index = 0; index < 3; index++) {
                final int day = random.nextInt(7);
                text.append(index == 0 ? "" : ",").append("MOTUWETHFRSASU", day * 2, day * 2 + 2);
                days.add(day + 1);
            }
        }
        final int count = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
        if (count < Integer.MAX_VALUE) {
            text.append(";COUNT=").append(count);
        }
        final Predicate<LocalDateTime> time = wall ->
            (hours.isEmpty() ? kind == 0 || wall.getHour() == anchor.getHour()
                : hours.contains(wall.getHour()))
            && (minutes.isEmpty() ? wall.getMinute() == (hours.isEmpty() ? anchor.getMinute() : 0)
                : minutes.contains(wall.getMinute()));
        final Predicate<LocalDateTime> day = wall -> days.isEmpty()
            ? kind < 2 || wall.getDayOfWeek() == anchor.getDayOfWeek()
            : days.contains(wall.getDayOfWeek().getValue());
        return new Case(text.toString(), time.and(day)
            .and(wall -> period(wall, kind, anchor) % interval == 0), count);
    }

    private TreeSet<Integer> numbers(String name, int least, int most, StringBuilder text) {
        final TreeSet<Integer> numbers = new TreeSet<>();
        if (random.nextBoolean()) {
            text.append(name);
            for (int index = 0; index < 3; index++) {
                final int number = least + random.nextInt(most - least + 1);
                text.append(index == 0 ? "" : ",").append(number);
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Hours, days or weeks (from Monday) on the wall since the anchor's. */
    private static long period(LocalDateTime wall, int kind, LocalDateTime anchor) {
        final long days = wall.toLocalDate().toEpochDay() - anchor.toLocalDate().toEpochDay();
        return switch (kind) {
            case 0 -> days * 24 + wall.getHour() - anchor.getHour();
            case 1 -> days;
            default -> Math.floorDiv(days + anchor.getDayOfWeek().getValue()
                - DayOfWeek.MONDAY.getValue(), 7L);
        };
    }

    /** Real minutes in order, each with the wall minutes that begin there for the first time. */
    private static List<Long> walk(Case made, ZoneId zone, long fromS, long endS) {
        final List<Long> starts = new ArrayList<>();
        LocalDateTime last = wall(fromS - MINUTE_S, zone);
        for (long second = fromS; second < endS && starts.size() < made.count;
            second += MINUTE_S) {
            final LocalDateTime now = wall(second, zone);
            boolean wanted = false;
            // where the clock was put forward, the minutes jumped over begin here too
            for (LocalDateTime minute = last.plusMinutes(1); !minute.isAfter(now);
                minute = minute.plusMinutes(1)) {
                wanted |= made.wall.test(minute);
            }
            if (wanted) {
                starts.add(second * 1_000_000_000L);
            }
            // where it was put back, nothing begins until the old time is reached again
            last = now.isAfter(last) ? now : last;
        }
        return starts;
    }

    private static LocalDateTime wall(long second, ZoneId zone) {
        final ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(second));
        return LocalDateTime.ofEpochSecond(second, 0, offset);
    }
}
