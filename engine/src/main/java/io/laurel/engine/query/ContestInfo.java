package io.laurel.engine.query;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.rules.ContestDefinition;
import java.util.Map;

/**
 * What is known of a contest beside its boards.
 *
 * @param id of the contest or the instance
 * @param schedule id of the recurring contest that made it; empty = none
 * @param definition its rules
 * @param version of the rules, from 1 on
 * @param rulesHash SHA-256 of the canonical rules, 64 hex digits
 * @param state where it stands in its life
 * @param frozen whether an operator holds the public view as it stood
 * @param startNs start of the window, ns since the Unix epoch
 * @param endNs end of the window, exclusive
 * @param entries on the main board
 * @param boardHash SHA-256 of the fixed board, 64 hex digits; empty before provisional
 * @param unscored rounds looked at and not scored, per reason, in the order of the reasons
 */
public record ContestInfo(String id, String schedule, ContestDefinition definition, int version,
    String rulesHash, ContestState state, boolean frozen, long startNs, long endNs,
    long entries, String boardHash, Map<String, Long> unscored) {
}
