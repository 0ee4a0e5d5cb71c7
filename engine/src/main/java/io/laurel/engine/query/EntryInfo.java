package io.laurel.engine.query;

/**
 * An entry of a contest's main board as scoring has it, whether it is shown or not.
 *
 * @param epoch how often the standings of the contest have been voided
 * @param score units of the contest's score scale; 0 where nothing has scored
 * @param rounds number of scored rounds
 * @param rebuilding whether the entry waits to be derived anew
 */
public record EntryInfo(int epoch, long score, long rounds, boolean rebuilding) {
}
