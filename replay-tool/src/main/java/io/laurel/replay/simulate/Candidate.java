package io.laurel.replay.simulate;

import io.laurel.engine.rules.ContestDefinition;

/**
 * Rules to be tried.
 *
 * @param name how results call it, different for all
 * @param target id of the contest or instance that it stands for; the log may know it or not
 * @param definition its rules, with any id
 */
record Candidate(String name, String target, ContestDefinition definition) {
    /** Returns the rules with another id and window; they recur no more. */
    static ContestDefinition with(ContestDefinition from, String id,
        ContestDefinition.Window window) {
        return new ContestDefinition(id, from.name(), window, null, from.scope(), from.optIn(),
            from.scoring(), from.board(), from.antiAbuse(), from.rewards(), from.fxTable(),
            from.lateGraceNs(), from.appealNs(), from.restart());
    }
}
