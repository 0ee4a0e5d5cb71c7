package io.laurel.engine.reference;

/**
 * One line of a board.
 *
 * @param user id of the player, provider or game
 * @param score units
 * @param multiplierE4 highest single multiplier x 10^4
 * @param rounds scored rounds
 * @param finishTs latest ts of a kept round; 0 = none
 * @param delta change of the score by the latest scored round
 */
public record Row(String user, long score, long multiplierE4, long rounds, long finishTs,
    long delta) {
}
