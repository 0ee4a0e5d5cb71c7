package io.laurel.engine.rules;

import static io.laurel.engine.rules.DocumentFiles.ns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "FREQ=DAILY;BYHOUR=18;BYMINUTE=0 | 2025-10-25T18 2025-10-26T18 2025-10-27T18",
        "FREQ=DAILY | 2025-10-25T10:30 2025-10-26T10:30 2025-10-27T10:30",
        "FREQ=DAILY;BYHOUR=18 | 2025-10-25T18 2025-10-26T18 2025-10-27T18",
        "FREQ=DAILY;INTERVAL=10;BYHOUR=9 | 2025-11-04T09 2025-11-14T09 2025-11-24T09",
        "FREQ=HOURLY;INTERVAL=5 | 2025-10-25T10:30 2025-10-25T15:30 2025-10-25T20:30",
        "FREQ=HOURLY;BYMINUTE=0,40 | 2025-10-25T10:40 2025-10-25T11 2025-10-25T11:40",
        "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8 | 2025-10-27T08 2025-10-31T08 2025-11-03T08",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;BYHOUR=8 | 2025-10-26T08 2025-11-04T08 2025-11-09T08",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU;BYHOUR=8 "
            + "| 2025-11-02T08 2025-11-04T08 2025-11-16T08",
        "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=8 | 2025-10-31T08 2025-11-28T08 2025-12-26T08",
        "FREQ=MONTHLY;BYDAY=1MO,+3WE;BYHOUR=8 | 2025-11-03T08 2025-11-19T08 2025-12-01T08",
        "FREQ=MONTHLY;BYMONTHDAY=-1,15;BYHOUR=8 | 2025-10-31T08 2025-11-15T08 2025-11-30T08",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=8 | 2026-02-13T08 2026-03-13T08 2026-11-13T08",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=8 | 2025-10-31T08 2025-12-31T08 2026-01-31T08",
        "FREQ=YEARLY | 2025-10-25T10:30 2026-10-25T10:30",
        "FREQ=YEARLY;BYDAY=-1SU;BYHOUR=8 | 2025-12-28T08",
        "FREQ=DAILY;COUNT=2 | 2025-10-25T10:30 2025-10-26T10:30",
        "FREQ=DAILY;UNTIL=20251026 | 2025-10-25T10:30 2025-10-26T10:30",
        "FREQ=DAILY;UNTIL=20251026T103000Z | 2025-10-25T10:30 2025-10-26T10:30",
        "FREQ=DAILY;UNTIL=20251026T102959 | 2025-10-25T10:30",
        "freq=daily;count=1 | 2025-10-25T10:30",
    })
    void shouldResolveARuleFromItsAnchor(String rule, String expected) {
        final int wanted = expected.split(" ").length;
        final long fromNs = ns("2025-10-25T10:30:00Z");
        // as many as are written, or all there are where fewer than three are
        final List<Long> starts = Recurrence.starts(rule, "UTC", fromNs, Long.MAX_VALUE,
            fromNs + (wanted == 3 ? 500 : 400) * DAY_NS, 3);
        assertEquals(expected, starts.stream().map(start -> Instant.ofEpochSecond(
            start / 1_000_000_000L).toString().replaceAll("(:00)?:00Z", ""))
            .collect(Collectors.joining(" ")));
    }

    @Test
    void shouldMoveAStartOutOfAGapAndTakeTheFirstOfAnOverlap() {
        final long march = ns("2025-03-29T00:00:00Z");
        assertEquals(List.of(ns("2025-03-29T01:30:00Z"), ns("2025-03-30T01:00:00Z"),
            ns("2025-03-31T00:30:00Z")), Recurrence.starts("FREQ=DAILY;BYHOUR=3;BYMINUTE=30",
                "Europe/Kyiv", march, Long.MAX_VALUE, march + 3 * DAY_NS, 10));
        final long october = ns("2025-10-25T00:00:00Z");
        assertEquals(List.of(ns("2025-10-25T00:30:00Z"), ns("2025-10-26T00:30:00Z"),
            ns("2025-10-27T01:30:00Z")), Recurrence.starts("FREQ=DAILY;BYHOUR=3;BYMINUTE=30",
                "Europe/Kyiv", october, Long.MAX_VALUE, october + 3 * DAY_NS, 10));
    }

    @Test
    void shouldGoOnWhereAnEarlierResolutionEnded() {
        final long fromNs = ns("2025-10-25T10:30:00Z");
        goOn(Recurrence.parse("FREQ=HOURLY;INTERVAL=7;COUNT=90"), fromNs);
        goOn(Recurrence.parse("FREQ=HOURLY;INTERVAL=7;UNTIL=20251120T143000"), fromNs);
    }

    private static void goOn(Recurrence rule, long fromNs) {
        final List<Long> all = rule.starts("Europe/Kyiv", fromNs, Long.MAX_VALUE, Long.MIN_VALUE,
            fromNs + 400 * DAY_NS, 2048);
        assertEquals(90, all.size());
        final List<Long> first = rule.starts("Europe/Kyiv", fromNs, Long.MAX_VALUE,
            Long.MIN_VALUE, fromNs + 400 * DAY_NS, 40);
        assertEquals(all.subList(0, 40), first);
        assertEquals(all.subList(40, 90), rule.starts("Europe/Kyiv", fromNs, Long.MAX_VALUE,
            first.get(39), fromNs + 400 * DAY_NS, 2048));
    }

    @Test
    void shouldEndWhenNothingBoundsTheRule() {
        assertEquals(2048, Recurrence.starts("FREQ=HOURLY", "UTC", 0, Long.MAX_VALUE,
            Long.MAX_VALUE, 2048).size());
        assertTrue(Recurrence.starts("FREQ=YEARLY;BYMONTHDAY=31;BYDAY=53MO", "UTC", 0,
            Long.MAX_VALUE, Long.MAX_VALUE, 2048).size() < 60);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FREQ=SECONDLY | FREQ must be", "FREQ=MINUTELY | FREQ must be", "INTERVAL=2 | found none",
        "FREQ=DAILY;BYMONTH=1 | 'BYMONTH' is not supported",
        "FREQ=DAILY;BYSETPOS=1 | 'BYSETPOS' is not supported",
        "FREQ=DAILY; | '' is not supported", "RRULE:FREQ=DAILY | 'RRULE:FREQ' is not supported",
        "FREQ=DAILY;COUNT | part COUNT must stand once", "FREQ=DAILY;FREQ=DAILY | FREQ must stand",
        "FREQ=DAILY;INTERVAL=0 | INTERVAL must be a number from 1",
        "FREQ=DAILY;INTERVAL=99999999999 | INTERVAL must be", "FREQ=DAILY;COUNT=0 | COUNT must be",
        "FREQ=DAILY;COUNT=1;UNTIL=20251231 | COUNT and UNTIL exclude each other",
        "FREQ=DAILY;UNTIL=20251301 | UNTIL is no date", "FREQ=DAILY;UNTIL=tomorrow | UNTIL must be",
        "FREQ=DAILY;UNTIL=20251231T250000Z | UNTIL is no date",
        "FREQ=DAILY;BYHOUR=24 | BYHOUR must be", "FREQ=DAILY;BYMINUTE=60 | BYMINUTE must be",
        "FREQ=DAILY;BYHOUR= | BYHOUR must be", "FREQ=DAILY;BYHOUR=1,,2 | BYHOUR must be",
        "FREQ=MONTHLY;BYMONTHDAY=0 | not 0", "FREQ=MONTHLY;BYMONTHDAY=32 | BYMONTHDAY must be",
        "FREQ=WEEKLY;BYMONTHDAY=1 | does not go with FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=1MO | ordinal 1 does not go with FREQ=WEEKLY",
        "FREQ=MONTHLY;BYDAY=6MO | ordinal 6 does not go", "FREQ=MONTHLY;BYDAY=0MO | no ordinal 0",
        "FREQ=WEEKLY;BYDAY=XX | BYDAY must be one of", "FREQ=WEEKLY;BYDAY=Monday | BYDAY must be",
        "FREQ=WEEKLY;WKST=1 | WKST must be one of",
    })
    void shouldNameThePartWhenTheRuleIsWrong(String rule, String message) {
        final IllegalArgumentException error =
            assertThrows(IllegalArgumentException.class, () -> Recurrence.parse(rule));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }
}
