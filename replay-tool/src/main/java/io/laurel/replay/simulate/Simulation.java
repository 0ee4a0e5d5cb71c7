package io.laurel.replay.simulate;

import io.laurel.engine.Engine;
import io.laurel.engine.rules.FxTable;
import io.laurel.replay.LogPoint;
import io.laurel.replay.LoggedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The candidates of one pass: ties the shadow to it, and compares when it is over. */
final class Simulation implements AutoCloseable {
    private final List<Trial> trials = new ArrayList<>();
    private final Tallies original;
    private final Tallies candidates;
    private final Shadow shadow;
    private Engine simulated;

    /**
     * Prepares a pass over a log that publishes some contests.
     *
     * @param data directory of the log
     */
    Simulation(Path data, CandidateFiles files, LoggedContests logged) {
        final List<FxTable> tables = files.tables();
        final Map<String, Integer> sameTarget = new LinkedHashMap<>();
        for (final Candidate candidate : files.candidates()) {
            final int number = sameTarget.merge(candidate.target(), 1, Integer::sum);
            // no document can have an id with a tilde
            trials.add(new Trial(candidate, candidate.target() + (number == 1 ? ""
                : "~" + number), logged));
        }
        original = new Tallies(sameTarget.keySet());
        candidates = new Tallies(trials.stream().map(Trial::id).toList());
        final List<ShadowCommands.Answer> answers = new ArrayList<>();
        shadow = new Shadow(trials, tables, answers, candidates, last -> new ShadowLog(data,
            new LogPoint(last, Long.MAX_VALUE), trials, tables, answers));
    }

    /** Looks on while the log is replayed. */
    void follow(LoggedCommand command, Engine engine) {
        if (command.sequence() == 1) {
            engine.setTrail(original);
        }
        shadow.onApplied(command, engine);
    }

    /**
     * Compares, contest by contest, in the order in which the candidates were given.
     *
     * @param engine of the pass, at its end
     * @param top first places that are shown and compared
     */
    List<Comparison> compare(Engine engine, int top) {
        simulated = shadow.finish(engine.sequence());
        final Map<String, List<Outcome>> byContest = new LinkedHashMap<>();
        for (final Trial trial : trials) {
            final String target = trial.candidate().target();
            final List<Outcome> outcomes =
                byContest.computeIfAbsent(target, id -> original(id, engine, top));
            outcomes.add(Outcome.of(Run.of(trial.candidate().name(), trial.id(),
                simulated.reads(), candidates.of(trial.id())),
                outcomes.isEmpty() ? null : outcomes.get(0).run(), top));
        }
        final List<Comparison> comparisons = new ArrayList<>();
        byContest.forEach((contest, outcomes) ->
            comparisons.add(new Comparison(contest, outcomes)));
        return comparisons;
    }

    private List<Outcome> original(String contest, Engine engine, int top) {
        final List<Outcome> outcomes = new ArrayList<>();
        final Run run =
            Run.of(Run.ORIGINAL, contest, engine.reads(), original.of(contest));
        if (run != null) {
            outcomes.add(Outcome.of(run, null, top));
        }
        return outcomes;
    }

    /** Returns the engine of the candidates, after {@link #compare}. */
    Engine simulated() {
        return simulated;
    }

    @Override
    public void close() {
        shadow.close();
    }
}
