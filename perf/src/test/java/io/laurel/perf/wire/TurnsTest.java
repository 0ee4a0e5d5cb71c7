package io.laurel.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.perf.machine.Figures;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final int EVENTS = 1_000;
    private static final long MILLI = 1_000_000;

    private static Turns turns(int quick, long quickNs, int slow, long slowNs) {
        final Turns turns = new Turns("phase");
        for (int i = 0; i < quick + slow; i++) {
            final long ns = i < quick ? quickNs : slowNs;
            final Histogram turn = Latencies.none();
            turn.recordValueWithCount(ns, EVENTS);
            turns.add(Map.of("p99_us", Figures.micros(ns)), turn);
        }
        return turns;
    }

    @Test
    void shouldCompareAllEventsOfAllTurns() {
        final Turns below = turns(4, MILLI, 0, 0);
        assertEquals(3, turns(4, 3 * MILLI, 0, 0).ratio(below, 99), 0.01);
        // one slow turn of five is more than a hundredth of the events, and less than a half
        assertEquals(9, turns(4, MILLI, 1, 9 * MILLI).ratio(below, 99), 0.01);
        assertEquals(1, turns(4, MILLI, 1, 9 * MILLI).ratio(below, 50), 0.01);
    }

    @Test
    void shouldHaveNoRangeWhereAllTurnsAreAlike() {
        final List<Number> range =
            turns(5, 2 * MILLI, 0, 0).ratioRange(turns(3, MILLI, 0, 0), 99, 1);
        assertEquals(2, range.get(0).doubleValue(), 0.01);
        assertEquals(2, range.get(1).doubleValue(), 0.01);
    }

    @Test
    void shouldShowThatOneTurnDecides() {
        final List<Number> range =
            turns(4, MILLI, 1, 9 * MILLI).ratioRange(turns(5, MILLI, 0, 0), 99, 1);
        assertEquals(1, range.get(0).doubleValue(), 0.01);
        assertEquals(9, range.get(1).doubleValue(), 0.05);
    }

    @Test
    void shouldCompareNothingWithNothing() {
        assertEquals(0, turns(0, 0, 0, 0).ratio(turns(1, MILLI, 0, 0), 99));
        assertEquals(0, turns(1, MILLI, 0, 0).ratio(turns(0, 0, 0, 0), 99));
        assertTrue(turns(0, 0, 0, 0).json().isEmpty());
    }

    @Test
    void shouldTellOfTurnsTogether() {
        final Map<String, Object> json =
            turns(2, MILLI, 0, 0).and(turns(1, 9 * MILLI, 0, 0)).json();
        assertEquals(3, json.get("turns"));
        assertEquals(List.of(1_000.0, 9_000.0), json.get("p99_us_range"));
        assertEquals(1_000, ((Number) json.get("p99_us_median")).doubleValue());
    }
}
