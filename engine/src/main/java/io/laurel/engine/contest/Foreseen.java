package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.Descents;

/**
 * What was found out beforehand about one round in one contest. Each part is used only where it
 * still holds when the round is scored, so it can save work but not change a result.
 */
final class Foreseen {
    /** Stands for: nothing is known. */
    static final Foreseen NOTHING = new Foreseen();

    CompiledContest contest;
    ClosedRound round;
    /** The board of the participants. */
    int board;
    /** What may be the player's entry, 0 = no idea. */
    long entry;
    /** The rounds of the entry for which {@link #units} is true, -1 = for none. */
    int roundsBefore = -1;
    /** What the round is worth, if all the round's amounts are as they were. */
    long units;
    boolean keyKnown;
    final long[] newKey = new long[BoardKey.LENGTH];
    /** The way to the new key. */
    int way = Descents.NONE;

    void begin(CompiledContest of, ClosedRound scored, int participants) {
        contest = of;
        round = scored;
        board = participants;
        entry = 0;
        roundsBefore = -1;
        keyKnown = false;
        way = Descents.NONE;
    }

    /** Returns whether the new key was packed for an entry. */
    boolean hasKeyOf(long of) {
        return keyKnown && entry == of;
    }
}
