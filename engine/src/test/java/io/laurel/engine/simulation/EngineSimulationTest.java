package io.laurel.engine.simulation;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at every step over the real engine. After each event of a life these hold:
 * <ul>
 * <li>NoAckedLost: what was acknowledged is on disk, and there after any crash.
 * <li>NothingTwice: no event is accepted twice, however often and from wherever it comes.
 * <li>OneOrder: replies come in the one order of the log, each for its own command.
 * <li>ReplayEqualsLive: a replay comes to the same outcomes and the same state roots.
 * <li>BoardEqualsReference: outcomes, boards and states are those of the judge.
 * <li>LedgerOfOutcomes: per source, the outcomes add up to the inputs.
 * </ul>
 * A failing seed is repeated with {@code -Dlaurel.seed=N}; {@code -Dlaurel.long=true} runs five
 * hundred longer lives, {@code -Dlaurel.from=N -Dlaurel.runs=M} some of them.
 */
class EngineSimulationTest {
    private static final int SEEDS = 50;
    private static final int LONG_SEEDS = 500;
    private static final int COMMANDS = 600;
    private static final int LONG_COMMANDS = 2_000;

    static List<Long> seeds() {
        final Long seed = Long.getLong("laurel.seed");
        if (seed != null) {
            return List.of(seed);
        }
        final int first = Integer.getInteger("laurel.from", 0);
        final int count = Integer.getInteger("laurel.runs", isLong() ? LONG_SEEDS : SEEDS);
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static boolean isLong() {
        return Boolean.getBoolean("laurel.long");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldEveryInvariantWhateverFailsWhen(long seed) {
        final NodeSimulation life = new NodeSimulation(seed, isLong() ? LONG_COMMANDS : COMMANDS);
        try {
            life.run();
            life.checkThatMuchHappened();
        } catch (final Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + "; repeat with mvn -pl engine -am test"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest=EngineSimulationTest"
                + " -Dlaurel.seed=" + seed + (isLong() ? " -Dlaurel.long=true" : ""), e);
        }
    }
}
