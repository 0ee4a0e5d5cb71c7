package io.laurel.engine.reward;

import io.laurel.engine.rules.ContestDefinition.Prize;

/**
 * What one place wins.
 *
 * @param place rank, from 1
 * @param prize never of nothing; a share of the pool is {@code cash} in the pool's currency
 * @param fromPool whether it is a share of the pool; else it stands in the rules as it is
 */
public record Award(int place, Prize prize, boolean fromPool) {
}
