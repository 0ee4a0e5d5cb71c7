package io.laurel.replay.simulate;

import io.laurel.engine.Engine;
import io.laurel.engine.recovery.Progress;
import io.laurel.replay.LogPass;
import io.laurel.replay.LogPoint;
import io.laurel.replay.ReplayedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A pass with candidates over a data directory, with both engines as they stand at its end. */
final class Passed implements AutoCloseable {
    private final Simulation simulation;
    private final ReplayedLog log;
    private final List<Comparison> comparisons;

    Passed(Path data, List<Candidate> candidates, int top) throws IOException {
        final LoggedContests logged =
            LoggedContests.of(LogPass.journalOf(data), LogPoint.END, Progress.NONE);
        simulation = new Simulation(data, new CandidateFiles(candidates, List.of()), logged);
        log = LogPass.over(data).observedBy(simulation::follow).run();
        comparisons = simulation.compare(log.engine(), top);
    }

    Engine original() {
        return log.engine();
    }

    Engine shadow() {
        return simulation.simulated();
    }

    /** Returns what a candidate came to. */
    Outcome outcome(String name) {
        return comparisons.stream().flatMap(comparison -> comparison.outcomes().stream())
            .filter(outcome -> outcome.run().name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        log.close();
        simulation.close();
    }
}
