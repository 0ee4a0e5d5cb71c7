package io.laurel.replay.simulate;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;

/**
 * A candidate as a contest of the shadow: under which id, and when it is published. Where the log
 * knows what it stands for, it is published in its place; but if its window begins earlier, or the
 * log does not know it, right before the first command that may bring a round of that window.
 */
final class Trial {
    private final Candidate candidate;
    private final String id;
    private final ContestDefinition definition;
    private final boolean inPlace;

    /**
     * Prepares a candidate.
     *
     * @param id in the shadow
     * @throws CommandFailure where it cannot stand for its target
     */
    Trial(Candidate candidate, String id, LoggedContests logged) {
        this.candidate = candidate;
        this.id = id;
        definition = Candidate.with(candidate.definition(), id, window(candidate, logged));
        inPlace = logged.knows(candidate.target())
            && definition.window().startNs() >= logged.startNs(candidate.target());
    }

    private static ContestDefinition.Window window(Candidate candidate, LoggedContests logged) {
        final String target = candidate.target();
        final boolean series = logged.isSeries(target);
        if (candidate.definition().schedule() == null && !series) {
            return candidate.definition().window();
        }
        if (series || !logged.knows(target) || target.equals(LoggedContests.publishedAs(target))) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, candidate.name() + ": " + target
                + " recurs; name the instance that is simulated, such as --as " + target
                + "@2025-10-25T15:00Z");
        }
        return logged.instanceWindow(target);
    }

    Candidate candidate() {
        return candidate;
    }

    /** Returns the id in the shadow. */
    String id() {
        return id;
    }

    /** Returns when it becomes final where nothing holds it, ns since the Unix epoch. */
    long finalNs() {
        return definition.window().endNs() + definition.lateGraceNs() + definition.appealNs();
    }

    /** Returns its rules in canonical bytes. */
    byte[] bytes() {
        return ContestDefinitionCodec.encode(definition);
    }

    /** Returns whether it is published where the log publishes a contest or a series. */
    boolean isDueWith(String publication) {
        return inPlace && LoggedContests.publishedAs(candidate.target()).equals(publication);
    }

    /**
     * Returns whether it is published before a command, at the latest.
     *
     * @param timeNs of the command
     * @param skewNs how much later than its command a round may happen
     */
    boolean isDueAt(long timeNs, long skewNs) {
        return !inPlace && timeNs >= definition.window().startNs() - skewNs;
    }
}
