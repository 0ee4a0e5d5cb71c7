package io.laurel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.RollbackStream;
import io.laurel.engine.reference.StreamComparison;
import io.laurel.engine.reference.StreamComparison.Mismatch;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.scenario.EngineSubject;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Rollbacks of closed rounds on boards of every type, for players, providers and games, split in
 * every way, of frozen contests, of rounds that are remembered and that are not, with equal times;
 * while the node crashes between mark and rebuild and loses what was not on disk. In the end every
 * board is that of the judge. {@code -Dlaurel.long=true} runs 500 seeds, {@code -Dlaurel.from=N
 * -Dlaurel.runs=M} some of them.
 */
final class RollbackPropertyTest {
    private static final int FIRST = Integer.getInteger("laurel.from", 0);
    private static final int RUNS = Integer.getInteger("laurel.runs",
        Boolean.getBoolean("laurel.long") ? 500 : 8);
    private static final int ENOUGH = 8;
    private static final int COMMANDS = 600;

    @Test
    void shouldLeaveEveryBoardAsIfTheRoundsHadNeverScored() {
        final Map<String, Integer> met = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            final EngineSubject subject = new EngineSubject(new Random(seed));
            final List<Step> steps = RollbackStream.generate(seed, COMMANDS);
            final Mismatch mismatch =
                new StreamComparison(new ReferenceSubject(), subject, seed).run(steps);
            if (mismatch != null) {
                final long failed = seed;
                throw new AssertionError("-Dlaurel.from=" + seed + " -Dlaurel.runs=1\n"
                    + StreamComparison.explain(seed, steps, mismatch,
                        () -> new StreamComparison(new ReferenceSubject(),
                            new EngineSubject(new Random(failed)), failed)));
            }
            subject.met().forEach((what, count) -> met.merge(what, count, Integer::sum));
        }
        if (RUNS >= ENOUGH) {
            checkThatAllWasMet(met);
        }
    }

    /** Streams that never come to a thing would prove nothing of it. */
    private static void checkThatAllWasMet(Map<String, Integer> met) {
        final TreeSet<String> missing = new TreeSet<>(List.of("forgotten", "remembered", "frozen",
            "crash", "crash with answers lost"));
        for (final Entity entity : Entity.values()) {
            for (final BoardType type : BoardType.values()) {
                if (type != BoardType.ELO && type != BoardType.GLICKO2) {
                    missing.add(type + " " + entity);
                }
            }
        }
        for (final PartitionBy partition : PartitionBy.values()) {
            missing.add(partition.toString());
        }
        missing.removeAll(met.keySet());
        assertEquals("[]", missing.toString(), met.toString());
    }
}
