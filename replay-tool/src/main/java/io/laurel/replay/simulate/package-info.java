/**
 * What-if (semantics 11.4): other definitions over the rounds of a real journal, beside what really
 * happened.
 *
 * <p>One pass reads the log. The engine of the pass comes to the original's boards; beside it a
 * second engine, the {@link io.laurel.replay.simulate.Shadow}, takes the same commands, and holds
 * the candidates alone in the place of all contests. So any number of candidates costs one intake
 * more, and memory grows by their boards. It is exact because contests know nothing of each other:
 * what one does with a round depends on the round, the player, its own rules and its own entries.
 * The one thing that all of them share, room, is checked: where an event ends differently in both
 * engines the pass is given up.
 *
 * <p>Rounds that were rolled back need the log once more, as the shadow would have written it: that
 * is a {@link io.laurel.replay.simulate.ShadowLog}, which is made anew at each reading.
 *
 * <p>Thread: the caller's, alone. The directory is only read.
 */
package io.laurel.replay.simulate;
