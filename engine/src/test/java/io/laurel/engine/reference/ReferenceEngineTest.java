package io.laurel.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.Expression;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What no scenario says in a few lines: overflow, numbers, and how much of a stream scores. */
final class ReferenceEngineTest {
    private static final long START_NS = 1_761_415_200_000_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long LARGEST = 1L << 53;

    @Test
    void shouldRefuseTheRoundWhenTheSumWouldOverflow() {
        final ReferenceEngine engine = new ReferenceEngine();
        engine.genesis(1, START_NS, new Limits(HOUR_NS, 0, 10), false);
        engine.publishContest(2, START_NS, total("9007199254740992"));
        final int most = (int) (Long.MAX_VALUE / LARGEST);
        for (int i = 0; i <= most + 1; i++) {
            engine.event(3 + i, START_NS, "local", spin("e" + i));
        }
        final Row row = engine.board("t", "").get(0);
        assertEquals(most * LARGEST, row.score());
        assertEquals(most, row.rounds());
        assertEquals(Map.of("score_overflow", 2L), engine.contest("t").unscored());
    }

    @Test
    void shouldSaturateMultipliersAndFloorThem() {
        assertEquals(0, Round.multiplierE4(0, 5));
        assertEquals(6_666, Round.multiplierE4(300, 200));
        assertEquals(Long.MAX_VALUE, Round.multiplierE4(1, 1_000_000_000_000_000L));
        assertEquals(9_000_000_000_000_000_000L, Round.multiplierE4(1, 900_000_000_000_000L));
    }

    @Test
    void shouldNameInstancesByTheirStartInUtc() {
        assertEquals("d@2025-10-25T18:00Z", Catalog.instanceId("d", START_NS));
        assertEquals("d@2025-10-25T18:00:05Z",
            Catalog.instanceId("d", START_NS + 5_000_000_000L));
    }

    @Test
    void shouldRoundHalfToEvenAndRefuseWhatIsNoScore() {
        assertEquals(2, Formula.units(2.5, 1, 0, false));
        assertEquals(-4, Formula.units(-3.5, 1, 0, false));
        assertEquals(0, Formula.units(-3.5, 1, 0, true));
        assertEquals(25, Formula.units(2.5, 1, 1, false));
        assertEquals(LARGEST, Formula.units(0x1p53, 1, 0, false));
        assertEquals(null, Formula.units(0x1p53, 1, 1, false));
        assertEquals(null, Formula.units(Double.NaN, 1, 0, true));
        assertEquals(null, Formula.units(Double.NEGATIVE_INFINITY, 1, 0, true));
    }

    /** A stream that hardly scores would compare nothing. */
    @Test
    void shouldScoreManyRoundsWhenStreamsRun() {
        long events = 0;
        long scored = 0;
        long unscored = 0;
        for (long seed = 0; seed < 20; seed++) {
            final ReferenceSubject subject = new ReferenceSubject();
            long sequence = 0;
            for (final Step step : StreamGenerator.generate(seed, 2_000)) {
                subject.apply(++sequence, step);
                events += step.command() instanceof Command.SendEvent ? 1 : 0;
            }
            for (final String id : subject.engine().contests()) {
                scored += subject.board(id, "").stream().mapToLong(Row::rounds).sum();
                unscored += subject.contest(id).unscored().values().stream()
                    .mapToLong(Long::longValue).sum();
            }
        }
        final String figures = scored + " scored, " + unscored + " not, of " + events;
        assertEquals("", scored > events / 2 && unscored > events / 4 ? "" : figures);
    }

    private static ContestDefinition total(String formula) {
        return new ContestDefinition("t", new TreeMap<>(),
            new Window(START_NS, START_NS + HOUR_NS, "UTC"), null,
            new Scope(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of()),
            false, new Scoring(formula, new Expression.Literal(Double.parseDouble(formula)), 0,
                false, new MinBet(0, null), List.of(), Map.of(), Map.of()),
            new Board(BoardType.TOTAL, 0, List.of(), Entity.PLAYER, PartitionBy.NONE, List.of(),
                0),
            new AntiAbuse(0, 0, 1, List.of(), false, null), null, null, 0, 0, false);
    }

    private static Event spin(String id) {
        return new Event(id, "spin", START_NS, "u1", "DE", "X", "g_1", "P", "slot", 100L, "EUR",
            0L, null, id, null, null, null, null, null, null);
    }
}
