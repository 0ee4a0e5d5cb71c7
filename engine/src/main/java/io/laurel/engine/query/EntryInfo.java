package io.laurel.engine.query;

/**
 * An entry of a contest's main board as scoring has it, whether it is shown or not.
 *
 * @param epoch how often the standings of the contest have been voided
 * @param score units of the contest's score scale; 0 where nothing has scored
 * @param rounds number of scored rounds
 * @param multiplierE4 highest multiplier of a scored round, 4 decimals
 * @param finishTs ns since the Unix epoch; 0 where nothing is kept
 * @param rebuilding whether the entry waits to be derived anew
 */
public record EntryInfo(int epoch, long score, long rounds, long multiplierE4, long finishTs,
    boolean rebuilding) {
}
