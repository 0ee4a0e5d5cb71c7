package io.laurel.engine.reference;

/**
 * A round that scored in a contest; all of them are kept.
 *
 * @param round what was played
 * @param points units
 * @param version of the rules that made it
 */
record Scored(Round round, long points, int version) {
}
