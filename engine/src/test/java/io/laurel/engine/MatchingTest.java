package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.ContestOp;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.Row;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.scenario.EngineSubject;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand live contests of which few match: found as the judge finds them, one by one. */
class MatchingTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = ContestDefinitions.START_NS;
    private static final int CONTESTS = 1_000;
    private static final int STEPS = 3_000;
    private static final int WARM_ROUNDS = 200_000;
    private static final int TIMED_ROUNDS = 500_000;

    private static String value(String kind, Random random) {
        return kind + random.nextInt(12);
    }

    /** Returns a list with one to three values, prefixes among them, or at times everything. */
    private static List<String> some(String kind, int percent, Random random) {
        final List<String> some = new ArrayList<>();
        if (random.nextInt(100) < percent) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                some.add(random.nextInt(4) == 0 ? kind + "1*" : value(kind, random));
            }
        }
        return some.stream().distinct().sorted().toList();
    }

    private static List<String> of(List<String> all, int percent, Random random) {
        return random.nextInt(100) < percent ? List.of(all.get(random.nextInt(all.size())))
            : List.of();
    }

    private static final List<String> MARKETS = List.of("DE", "SE", "UA", "FR", "PL");
    private static final List<String> CURRENCIES = List.of("EUR", "SEK", "UAH");
    private static final List<String> GAME_TYPES = List.of("slot", "table", "live", "sport");

    private static ContestDefinition contest(int number, Random random) {
        final Scope scope = new Scope(some("b", 90, random), of(MARKETS, 50, random),
            some("p", 80, random), some("g_", 60, random), of(GAME_TYPES, 30, random),
            of(CURRENCIES, 30, random), List.of(), List.of());
        final long start = START_NS + (random.nextInt(5) == 0 ? random.nextInt(600) : 0)
            * SECOND_NS;
        final long end = start + (random.nextInt(5) == 0 ? 1 + random.nextInt(600) : 3_600)
            * SECOND_NS;
        return with(ContestDefinitions.total("c" + number), scope,
            new Window(start, end, "UTC"));
    }

    private static ContestDefinition with(ContestDefinition base, Scope scope, Window window) {
        return new ContestDefinition(base.id(), base.name(), window, null, scope, false,
            base.scoring(), base.board(), base.antiAbuse(), null, null, 10 * SECOND_NS,
            10 * SECOND_NS, false);
    }

    private static SendEvent round(int number, long timeNs, Random random) {
        return new SendEvent("local", 0, new Event("e" + number, "spin",
            timeNs - random.nextInt(5) * SECOND_NS, "u" + random.nextInt(20),
            MARKETS.get(random.nextInt(5)), value("b", random), value("g_", random),
            value("p", random), GAME_TYPES.get(random.nextInt(4)), 100L,
            CURRENCIES.get(random.nextInt(3)), (long) random.nextInt(1_000), null, "r" + number,
            null, null, null, null, null, null));
    }

    private static List<Step> steps(long seed) {
        final Random random = new Random(seed);
        final List<Step> steps = new ArrayList<>();
        steps.add(new Step(START_NS,
            new Command.Genesis(new Limits(900 * SECOND_NS, 0, 2 * CONTESTS), false)));
        steps.add(new Step(START_NS, new Command.RegisterSource("local")));
        int published = 0;
        while (published < CONTESTS * 9 / 10) {
            steps.add(new Step(START_NS,
                new Command.PublishContest(contest(published++, random))));
        }
        long timeNs = START_NS;
        for (int i = 0; i < STEPS; i++) {
            timeNs += random.nextInt(500) * (SECOND_NS / 1_000);
            final int what = random.nextInt(100);
            final Command command;
            if (what < 4) {
                command = new Command.PublishContest(contest(published++, random));
            } else if (what < 6) {
                // the same contest with another scope
                command = new Command.PublishContest(contest(random.nextInt(published), random));
            } else if (what < 9) {
                command = new Command.ContestAction(
                    what == 6 ? ContestOp.CANCEL : ContestOp.FINALIZE,
                    "c" + random.nextInt(published));
            } else {
                command = round(i, timeNs, random);
            }
            steps.add(new Step(timeNs, command));
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldFindTheSameContestsAsTheJudgeAmongAThousand(long seed) {
        final List<Step> steps = steps(seed);
        try (ReferenceSubject judge = new ReferenceSubject();
            EngineSubject subject = new EngineSubject()) {
            for (int i = 0; i < steps.size(); i++) {
                final Step step = steps.get(i);
                assertEquals(judge.apply(i + 1, step).code(), subject.apply(i + 1, step).code(),
                    "seed " + seed + " step " + i + ": " + step);
            }
            long scored = 0;
            assertEquals(judge.contests(), subject.contests());
            for (final String contest : judge.contests()) {
                final List<Row> board = judge.board(contest, "");
                assertEquals(board, subject.board(contest, ""),
                    "seed " + seed + ": " + contest);
                assertEquals(judge.contest(contest), subject.contest(contest));
                scored += board.stream().mapToLong(Row::rounds).sum();
            }
            assertTrue(scored > STEPS && scored < STEPS * 20L, "few match: " + scored);
        }
    }

    /** Three contests match every round; the others share its brand at most. */
    private static double nsPerRound(int contests) {
        try (BoardRig rig = new BoardRig()) {
            for (int i = 0; i < contests; i++) {
                final ContestDefinition base = ContestDefinitions.total("c" + i);
                final boolean matches = i < 3;
                final ContestDefinition made = with(base, new Scope(List.of("X"),
                    List.of(matches ? "DE" : "SE"), List.of(),
                    matches ? List.of() : List.of("h_" + i), List.of(), List.of(), List.of(),
                    List.of()), base.window());
                rig.feed.writer().publishContest("test", ContestDefinitionCodec.encode(made));
                if (rig.feed.apply() != ResultCode.ACCEPTED) {
                    throw new AssertionError("not published");
                }
            }
            spin(rig, 0, WARM_ROUNDS);
            final long before = System.nanoTime();
            spin(rig, WARM_ROUNDS, TIMED_ROUNDS);
            return (double) (System.nanoTime() - before) / TIMED_ROUNDS;
        }
    }

    private static void spin(BoardRig rig, long from, int rounds) {
        for (long i = from; i < from + rounds; i++) {
            rig.feed.at(START_NS + i * 1_000);
            if (rig.feed.spin(i, i * 7_919 % 5_000, 100, i % 900) != ResultCode.ACCEPTED) {
                throw new AssertionError("round " + i);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "laurel.long", matches = "true")
    void shouldPrintWhatARoundCostsAmongFewAndMany() {
        nsPerRound(3);
        final double few = nsPerRound(3);
        final double many = nsPerRound(CONTESTS);
        System.out.printf("matching: %.0f ns per round with 3 contests, %.0f ns with %d%n", few,
            many, CONTESTS);
        assertTrue(few > 0 && many > 0);
    }
}
