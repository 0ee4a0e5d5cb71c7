package io.laurel.engine.reference;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.scenario.ReferenceSubject;
import io.laurel.engine.scenario.Subject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Runs one stream through the judge and another subject until they differ. */
public final class StreamComparison {
    private static final int LOOK_EVERY = 40;
    private static final int MOST_TRIES = 2_000;

    private final ReferenceSubject judge;
    private final Subject subject;
    private final Random random;

    /**
     * Takes fresh subjects; they are closed by {@link #run}.
     *
     * @param seed decides when boards are looked at
     */
    public StreamComparison(ReferenceSubject judge, Subject subject, long seed) {
        this.judge = judge;
        this.subject = subject;
        random = new Random(seed);
    }

    /**
     * Where the two differ.
     *
     * @param index of the step, from 0 on
     * @param what was compared
     * @param expected by the judge
     * @param found in the other
     */
    public record Mismatch(int index, String what, String expected, String found) {
    }

    /** Runs all steps and looks at everything now and then, and at the end; null = no mismatch. */
    public Mismatch run(List<Step> steps) {
        try (judge; subject) {
            for (int i = 0; i < steps.size(); i++) {
                final boolean looks = random.nextInt(LOOK_EVERY) == 0 || i == steps.size() - 1;
                final Mismatch mismatch = step(i, steps.get(i), looks);
                if (mismatch != null) {
                    return mismatch;
                }
            }
            return null;
        }
    }

    private Mismatch step(int index, Step step, boolean looks) {
        final Outcome expected = judge.apply(index + 1, step);
        try {
            final Mismatch mismatch =
                outcome(index, step, expected, subject.apply(index + 1, step));
            return mismatch == null && looks ? look(index) : mismatch;
        } catch (final RuntimeException | AssertionError e) {
            // a failure is a mismatch too, so that it can be shortened like any other
            final StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return new Mismatch(index, "failure", expected.toString(), trace.toString());
        }
    }

    private static Mismatch outcome(int index, Step step, Outcome expected, Outcome found) {
        if (!expected.code().equals(found.code())) {
            return new Mismatch(index, "outcome", expected.toString(), found.toString());
        }
        // how sources are numbered, and what other refusals than those of events name, is open
        final boolean named = step.command() instanceof Command.SendEvent
            || expected.code().equals("accepted") && !(step.command()
                instanceof Command.RegisterSource);
        return named && expected.value() != found.value()
            ? new Mismatch(index, "value of the outcome", expected.toString(), found.toString())
            : null;
    }

    private Mismatch look(int index) {
        final Mismatch contests =
            differs(index, "contests", judge.contests(), subject.contests());
        if (contests != null) {
            return contests;
        }
        for (final String id : judge.contests()) {
            final Mismatch state =
                differs(index, "contest " + id, judge.contest(id), subject.contest(id));
            if (state != null) {
                return state;
            }
            final Set<String> partitions = new TreeSet<>(judge.engine().partitions(id));
            partitions.add("");
            for (final String partition : partitions) {
                final Mismatch board = differs(index, "board " + id + " " + partition,
                    judge.board(id, partition), subject.board(id, partition));
                if (board != null) {
                    return board;
                }
            }
        }
        final Mismatch outcomes =
            differs(index, "outcomes per source", withoutEmpty(judge.outcomes()),
                withoutEmpty(subject.outcomes()));
        return outcomes != null ? outcomes : differs(index, "discarded rounds",
            judge.discardedRounds(), subject.discardedRounds());
    }

    private static Map<String, Map<String, Long>> withoutEmpty(
        Map<String, Map<String, Long>> outcomes) {
        final Map<String, Map<String, Long>> some = new TreeMap<>(outcomes);
        some.values().removeIf(Map::isEmpty);
        return some;
    }

    private static Mismatch differs(int index, String what, Object expected, Object found) {
        return expected.equals(found) ? null : new Mismatch(index, what,
            String.valueOf(expected), String.valueOf(found));
    }

    /** Returns a report with the shortest stream found that still shows a mismatch. */
    public static String explain(long seed, List<Step> steps, Mismatch mismatch,
        Supplier<StreamComparison> comparison) {
        final List<Step> shortest = shrink(steps.subList(0, mismatch.index() + 1), comparison);
        final Mismatch last = comparison.get().run(shortest);
        final StringBuilder text = new StringBuilder(512);
        text.append("seed ").append(seed).append(": ").append(mismatch.what())
            .append(" after step ").append(mismatch.index()).append(": ")
            .append(steps.get(mismatch.index())).append("\n  expected ")
            .append(mismatch.expected()).append("\n  found    ").append(mismatch.found())
            .append("\nrepeat with -Dlaurel.seed=").append(seed)
            .append("\nshortened to ").append(shortest.size()).append(" steps, where ")
            .append(last);
        shortest.forEach(step -> text.append("\n  ").append(step));
        return text.toString();
    }

    /** Drops ever smaller pieces as long as some mismatch stays. */
    static List<Step> shrink(List<Step> steps, Supplier<StreamComparison> comparison) {
        List<Step> shortest = new ArrayList<>(steps);
        int tries = 0;
        for (int piece = Math.max(1, shortest.size() / 2); piece > 0; piece /= 2) {
            for (int at = shortest.size() - piece; at >= 0 && tries < MOST_TRIES; at -= piece) {
                final List<Step> without = new ArrayList<>(shortest);
                without.subList(at, Math.min(at + piece, without.size())).clear();
                tries++;
                if (fails(without, comparison)) {
                    shortest = without;
                }
            }
        }
        return shortest;
    }

    private static boolean fails(List<Step> steps, Supplier<StreamComparison> comparison) {
        if (steps.isEmpty() || !startsWell(steps)) {
            return false;
        }
        return comparison.get().run(steps) != null;
    }

    /** A stream needs its Genesis first and its sources before their events. */
    private static boolean startsWell(List<Step> steps) {
        if (!(steps.get(0).command() instanceof Command.Genesis)) {
            return false;
        }
        final Set<String> sources = new TreeSet<>();
        for (final Step step : steps) {
            if (step.command() instanceof Command.RegisterSource source) {
                sources.add(source.name());
            } else if (step.command() instanceof Command.SendEvent sent
                && !sources.contains(sent.source())
                || step.command() instanceof Command.RefuseEvent refused
                && !sources.contains(refused.source())
                || step.command() instanceof Command.OpenSession open
                && !sources.contains(open.source())) {
                return false;
            }
        }
        return true;
    }
}
