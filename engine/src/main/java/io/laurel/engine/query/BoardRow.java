package io.laurel.engine.query;

/**
 * One line of a board.
 *
 * @param position rank from 1 on, exact; 0 where an entry is described that stands nowhere
 * @param user id of the player, provider or game
 * @param alias what the public sees instead of a player's id; empty = none
 * @param score units of the contest's score scale
 * @param multiplierE4 highest single multiplier x 10^4
 * @param rounds number of scored rounds
 * @param finishTs ns since the Unix epoch of the latest kept round; 0 = none
 * @param delta last change of the score, units
 * @param toNext units missing to the score of the next better place; 0 for the first
 * @param rebuilding whether the entry awaits being derived anew
 */
public record BoardRow(long position, String user, String alias, long score, long multiplierE4,
    long rounds, long finishTs, long delta, long toNext, boolean rebuilding) {
}
