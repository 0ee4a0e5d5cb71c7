package io.laurel.replay.simulate;

import io.laurel.engine.rules.Nearest;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a figure of a run must be, such as {@code paid_minor<=100000}.
 *
 * @param text as written
 * @param run name of the candidate; null = all of them
 * @param figure name
 * @param operator one of {@code <= >= < > =}
 * @param value to compare with
 */
record Expectation(String text, String run, String figure, String operator, BigDecimal value) {
    private static final List<String> FIGURES = List.of("entries", "players", "rounds_scored",
        "rounds_unscored", "pool_minor", "paid_minor", "returned_minor", "return_ratio",
        "winners", "winners_gained", "winners_lost", "top_stayed", "top_entered",
        "places_changed");
    private static final Pattern FORM =
        Pattern.compile("(?:(.+):)?([a-z_]+)(<=|>=|<|>|=)(-?[0-9]{1,18}(?:\\.[0-9]{1,9})?)");

    /**
     * What became of it in one run.
     *
     * @param found the figure; null where it cannot be told
     */
    record Result(Expectation expectation, String run, BigDecimal found, boolean met) {
        /** Returns what is to be said where it is not met. */
        String failure() {
            return "expected " + expectation.text() + ", but " + run + " has "
                + (found == null ? "no " + expectation.figure()
                    : expectation.figure() + "=" + found.toPlainString());
        }
    }

    /**
     * Reads an expectation.
     *
     * @throws CommandFailure where it is none, or names no figure
     */
    static Expectation parse(String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new CommandFailure(ExitCode.USAGE, "--expect takes FIGURE<=VALUE or"
                + " NAME:FIGURE<=VALUE, with one of <= >= < > =, found '" + text + "'");
        }
        if (!FIGURES.contains(form.group(2))) {
            throw new CommandFailure(ExitCode.USAGE, "no figure '" + form.group(2) + "' to expect"
                + Nearest.hint(form.group(2), FIGURES));
        }
        return new Expectation(text, form.group(1), form.group(2), form.group(3),
            new BigDecimal(form.group(4)));
    }

    /** Refuses an expectation about a candidate that is not there. */
    void check(Collection<String> candidates) {
        if (run != null && !candidates.contains(run)) {
            throw new CommandFailure(ExitCode.USAGE, "no candidate '" + run + "' to expect "
                + figure + " of" + Nearest.hint(run, candidates));
        }
    }

    /** Judges the runs that are meant: never what really happened. */
    List<Result> judge(List<Comparison> comparisons) {
        final List<Result> results = new ArrayList<>();
        for (final Comparison comparison : comparisons) {
            for (final Outcome outcome : comparison.outcomes()) {
                final String name = outcome.run().name();
                if (run == null ? !name.equals(Run.ORIGINAL) : name.equals(run)) {
                    final BigDecimal found = outcome.figures().get(figure);
                    results.add(new Result(this, name, found, found != null && holds(found)));
                }
            }
        }
        return results;
    }

    private boolean holds(BigDecimal found) {
        final int order = found.compareTo(value);
        return switch (operator) {
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "=" -> order == 0;
            default -> throw new IllegalStateException("operator " + operator);
        };
    }
}
