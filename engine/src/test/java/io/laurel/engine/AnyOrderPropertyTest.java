package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.Row;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.scenario.EngineSubject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Semantics 6.2: where no rule looks back, the final board is a matter of the set of rounds alone,
 * whatever the order in which they arrive within late_grace. The engine against itself.
 */
class AnyOrderPropertyTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long END_NS = ContestDefinitions.END_NS;
    private static final int ROUNDS = 300;
    private static final int ORDERS = 4;
    private static final List<BoardType> TYPES = List.of(BoardType.TOTAL,
        BoardType.BEST_N_ROUNDS, BoardType.MAX_ROUND, BoardType.MAX_MULTIPLIER,
        BoardType.FIRST_N_ROUNDS);
    private static final List<String> PARTITIONS = List.of("", "DE", "SE", "X", "Y", "P0", "P1",
        "P2", "g_0", "g_1", "g_2", "g_3", "EUR", "SEK", "0", "1", "2");

    private static List<ContestDefinition> contests(Random random) {
        final List<ContestDefinition> contests = new ArrayList<>();
        for (final BoardType type : TYPES) {
            for (final Entity entity : Entity.values()) {
                for (final PartitionBy partition : PartitionBy.values()) {
                    contests.add(contest("c" + contests.size(), type, entity, partition, random));
                }
            }
        }
        return contests;
    }

    private static ContestDefinition contest(String id, BoardType type, Entity entity,
        PartitionBy partition, Random random) {
        final boolean keepsList =
            type == BoardType.BEST_N_ROUNDS || type == BoardType.FIRST_N_ROUNDS;
        final ContestDefinition base = ContestDefinitions.of(id, type, 0,
            "min(win.amount / bet.amount, 3) * 10 - round.duration_ms / 1000", 1);
        final List<TieBreaker> tieBreakers = new ArrayList<>(List.of(TieBreaker.values()));
        Collections.shuffle(tieBreakers, random);
        return new ContestDefinition(id, base.name(), base.window(), null, base.scope(), false,
            base.scoring(), new Board(type, keepsList ? 1 + random.nextInt(4) : 0,
                List.copyOf(tieBreakers.subList(0, random.nextInt(4))), entity, partition,
                partition == PartitionBy.BET_BAND ? List.of(150L, 250L) : List.of(), 0),
            base.antiAbuse(), null, null, base.lateGraceNs(), base.appealNs(), false);
    }

    /** Few values of everything, so that there are ties. */
    private static Event round(int number, Random random) {
        final long ts = END_NS - (1 + random.nextInt(12)) * SECOND_NS;
        return new Event("e" + number, "spin", ts, "u" + random.nextInt(9),
            random.nextBoolean() ? "DE" : "SE", random.nextBoolean() ? "X" : "Y",
            "g_" + random.nextInt(4), "P" + random.nextInt(3), "slot",
            100L * (1 + random.nextInt(3)), random.nextBoolean() ? "EUR" : "SEK",
            100L * random.nextInt(7), null, "r" + number, "ended",
            random.nextInt(4) == 0 ? ts - SECOND_NS : null, "web", "isp", false, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldEndInTheSameBoardsWhateverTheOrderOfArrival(long seed) {
        final Random random = new Random(seed);
        final List<ContestDefinition> contests = contests(random);
        final List<Event> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(round(i, random));
        }
        rounds.sort(Comparator.comparingLong(Event::ts));
        final TreeMap<String, Object> first = play(contests, rounds);
        for (int order = 0; order < ORDERS; order++) {
            Collections.shuffle(rounds, random);
            final TreeMap<String, Object> other = play(contests, rounds);
            first.forEach((what, expected) -> assertEquals(expected, other.get(what),
                () -> "seed " + seed + ": " + what));
            assertEquals(first, other, "seed " + seed);
        }
        final TreeMap<String, Object> less = play(contests, rounds.subList(1, ROUNDS));
        assertNotEquals(first, less, "the set does matter");
    }

    /** Returns the final boards by contest and partition, and their hashes. */
    private static TreeMap<String, Object> play(List<ContestDefinition> contests,
        List<Event> rounds) {
        final TreeMap<String, Object> boards = new TreeMap<>();
        final List<Step> steps = new ArrayList<>();
        final long startNs = ContestDefinitions.START_NS;
        steps.add(new Step(startNs, new Command.Genesis(
            new Limits(900 * SECOND_NS, 60 * SECOND_NS, 1_000), false)));
        steps.add(new Step(startNs, new Command.RegisterSource("local")));
        contests.forEach(contest ->
            steps.add(new Step(startNs, new Command.PublishContest(contest))));
        for (int i = 0; i < rounds.size(); i++) {
            steps.add(new Step(END_NS + i * (29 * SECOND_NS / ROUNDS),
                new Command.SendEvent("local", 0, rounds.get(i))));
        }
        steps.add(new Step(END_NS + 40 * SECOND_NS, new Command.Tick()));
        try (EngineSubject subject = new EngineSubject()) {
            for (int i = 0; i < steps.size(); i++) {
                final Outcome outcome = subject.apply(i + 1, steps.get(i));
                assertEquals("accepted", outcome.code(), () -> "step " + outcome);
            }
            int rows = 0;
            for (final ContestDefinition contest : contests) {
                for (final String partition : PARTITIONS) {
                    final List<Row> board = withoutDelta(subject.board(contest.id(), partition));
                    boards.put(contest.board().type() + " " + contest.id() + " " + partition,
                        board);
                    rows += board.size();
                }
                boards.put(contest.id() + " hash",
                    subject.engine().reads().contest(contest.id()).boardHash());
            }
            assertTrue(rows > contests.size() * 5, "boards hold something: " + rows);
        }
        return boards;
    }

    /** The last change of a score is what came last, so it is of the order by its nature. */
    private static List<Row> withoutDelta(List<Row> rows) {
        return rows.stream().map(row -> new Row(row.user(), row.score(), row.multiplierE4(),
            row.rounds(), row.finishTs(), 0)).toList();
    }
}
