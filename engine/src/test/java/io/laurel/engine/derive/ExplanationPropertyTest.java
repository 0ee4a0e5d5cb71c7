package io.laurel.engine.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.derive.Explanation.TooManyRoundsException;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.scenario.EngineSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every score of a random log is explained to the last point, every refusal to the last round. */
final class ExplanationPropertyTest {
    private static final long MEMORY_BYTES = 256L << 20;
    private static final int COMMANDS = 1_500;

    /** Several explanations of one replay. */
    private record Fan(List<Explanation> all) implements RoundTrail {
        @Override
        public void onClosed(long sequence, ClosedRound round) {
            all.forEach(one -> one.onClosed(sequence, round));
        }

        @Override
        public void onScored(String contest, int epoch, int version, long points,
            DirectBuffer partition, int length) {
            all.forEach(one -> one.onScored(contest, epoch, version, points, partition, length));
        }

        @Override
        public void onNotScored(String contest, int version, ResultCode reason) {
            all.forEach(one -> one.onNotScored(contest, version, reason));
        }

        @Override
        public void onOffered() {
            all.forEach(Explanation::onOffered);
        }

        @Override
        public void onVoided(long sequence) {
            all.forEach(one -> one.onVoided(sequence));
        }

        @Override
        public void onRebuilt(String contest, String entity) {
            all.forEach(one -> one.onRebuilt(contest, entity));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldExplainEveryScoreAndEveryRefusal(long seed) throws IOException {
        final List<Step> steps = StreamGenerator.generate(seed, COMMANDS);
        final Set<String> ids = new TreeSet<>();
        long sequence = 0;
        try (EngineSubject subject = new EngineSubject();
            Engine again = new Engine(MEMORY_BYTES)) {
            for (final Step step : steps) {
                sequence++;
                subject.apply(sequence, step);
                if (step.command() instanceof Command.SendEvent sent) {
                    ids.addAll(List.of(sent.event().userId(), sent.event().provider(),
                        sent.event().gameId()));
                }
            }
            final List<ContestInfo> contests = subject.engine().reads().contests();
            final List<Explanation> explanations = new ArrayList<>();
            contests.forEach(contest -> ids.forEach(id ->
                explanations.add(new Explanation(contest.id(), id, again))));
            again.setTrail(new Fan(explanations));
            LogReplay.run(subject.log(), again, subject.engine().sequence());
            check(seed, contests, explanations);
            checkBound(subject, explanations);
        }
    }

    /** An explanation of its own is the same; where it has more rounds than allowed is none. */
    private static void checkBound(EngineSubject subject, List<Explanation> explanations)
        throws IOException {
        final Explanation.Result longest = explanations.stream().map(Explanation::result)
            .filter(Objects::nonNull).max(Comparator.comparingInt(one -> one.rounds().size()))
            .orElseThrow();
        assertEquals(longest, explain(subject, longest, Integer.MAX_VALUE));
        assertThrows(TooManyRoundsException.class, () -> explain(subject, longest,
            longest.rounds().size() - 1));
    }

    private static Explanation.Result explain(EngineSubject subject, Explanation.Result one,
        int most) throws IOException {
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            return Explanation.of(one.contest(), one.entity(), subject.log(), engine,
                one.sequence(), most, (at, timeNs) -> { });
        }
    }

    private static void check(long seed, List<ContestInfo> contests,
        List<Explanation> explanations) {
        final Map<String, Map<String, Long>> unscored = new TreeMap<>();
        int scored = 0;
        for (final Explanation explanation : explanations) {
            // throws where the kept points do not sum to the score
            final Explanation.Result result = explanation.result();
            for (final ExplainedRound round : result.rounds()) {
                scored += round.reason().isEmpty() ? 1 : 0;
                assertTrue(round.reason().isEmpty() || round.points() == 0 && !round.kept(),
                    () -> "seed " + seed + ": " + round);
                unscored.computeIfAbsent(result.contest(), contest -> new TreeMap<>())
                    .merge(round.reason(), 1L, Long::sum);
            }
        }
        assertTrue(scored > 100, "seed " + seed + ": only " + scored + " scored");
        for (final ContestInfo contest : contests) {
            if (contest.definition().board().entity() == Entity.PLAYER) {
                final Map<String, Long> found =
                    unscored.getOrDefault(contest.id(), new TreeMap<>());
                found.keySet().removeAll(List.of("", ResultCode.OUTSIDE_WINDOW.token(),
                    ResultCode.OUT_OF_SCOPE.token(), ExplainedRound.VOID,
                    ExplainedRound.RESTARTED));
                assertEquals(new TreeMap<>(contest.unscored()), found,
                    "seed " + seed + ", " + contest.id());
            }
        }
    }
}
