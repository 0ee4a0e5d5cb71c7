package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.StreamComparison;
import io.laurel.engine.reference.StreamComparison.Mismatch;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.scenario.EngineSubject;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine against the judge: the same random commands, the same outcomes, boards, states and
 * counters. A failing seed is repeated with {@code -Dlaurel.seed=N}; {@code -Dlaurel.long=true}
 * runs a thousand seeds, {@code -Dlaurel.from=N -Dlaurel.runs=M} some of them.
 */
final class EngineEquivalenceTest {
    private static final int SEEDS = 20;
    private static final int LONG_SEEDS = 1_000;
    private static final int COMMANDS = 2_000;

    static List<Long> seeds() {
        final Long seed = Long.getLong("laurel.seed");
        if (seed != null) {
            return List.of(seed);
        }
        final int first = Integer.getInteger("laurel.from", 0);
        final int count = Integer.getInteger("laurel.runs",
            Boolean.getBoolean("laurel.long") ? LONG_SEEDS : SEEDS);
        return LongStream.range(first, first + count).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeWithTheReferenceWhenFedTheSameCommands(long seed) {
        final Supplier<StreamComparison> comparison =
            () -> new StreamComparison(new ReferenceSubject(), new EngineSubject(), seed);
        final List<Step> steps = StreamGenerator.generate(seed, COMMANDS);
        final Mismatch mismatch = comparison.get().run(steps);
        if (mismatch != null) {
            throw new AssertionError(StreamComparison.explain(seed, steps, mismatch, comparison));
        }
        assertNull(mismatch);
    }
}
