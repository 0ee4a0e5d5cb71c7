package io.laurel.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.StreamComparison.Mismatch;
import io.laurel.engine.scenario.ReferenceSubject;
import io.laurel.engine.scenario.Subject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The comparison sees what is wrong, and makes it short. */
final class StreamComparisonTest {
    /** The judge, but deaf to disqualifications. */
    private static final class Deaf implements Subject {
        private final ReferenceSubject judge = new ReferenceSubject();

        @Override
        public Outcome apply(long sequence, Step step) {
            final boolean heard = !(step.command() instanceof Command.PlayerAction action
                && action.operation() == PlayerOp.DISQUALIFY);
            return judge.apply(sequence,
                heard ? step : new Step(step.timeNs(), new Command.Tick()));
        }

        @Override
        public List<String> contests() {
            return judge.contests();
        }

        @Override
        public List<Row> board(String contest, String partition) {
            return judge.board(contest, partition);
        }

        @Override
        public ContestView contest(String id) {
            return judge.contest(id);
        }

        @Override
        public Map<String, Map<String, Long>> outcomes() {
            return judge.outcomes();
        }

        @Override
        public long discardedRounds() {
            return judge.discardedRounds();
        }

        @Override
        public void close() {
            judge.close();
        }
    }

    @Test
    void shouldFindNothingWhenTheJudgeMeetsItself() {
        final List<Step> steps = StreamGenerator.generate(3, 500);
        assertNull(new StreamComparison(new ReferenceSubject(), new ReferenceSubject(), 3)
            .run(steps));
    }

    @Test
    void shouldShortenTheStreamWhenTheTwoDiffer() {
        final Supplier<StreamComparison> comparison =
            () -> new StreamComparison(new ReferenceSubject(), new Deaf(), 5);
        final List<Step> steps = StreamGenerator.generate(5, 800);
        final Mismatch mismatch = comparison.get().run(steps);
        assertNotNull(mismatch);
        final List<Step> shortest =
            StreamComparison.shrink(steps.subList(0, mismatch.index() + 1), comparison);
        // what is left is at most a beginning, a contest, a round and the unheard command
        assertTrue(shortest.size() <= 8, () -> "not short: " + shortest);
        assertEquals(Command.Genesis.class, shortest.get(0).command().getClass());
    }
}
