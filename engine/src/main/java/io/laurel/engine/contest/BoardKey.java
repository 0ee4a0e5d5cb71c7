package io.laurel.engine.contest;

import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import java.util.List;

/**
 * Packs what orders a board into 2 to 4 words whose unsigned order is the order of ranks: the score
 * descending, then each tie-break in its direction; the last 32 bits are the entry's reference,
 * which the tree orders by the bytes of the id. Fields are 64 or 32 bits wide and follow each other
 * without gaps, except for one of 32 bits before the reference where the sum is odd.
 */
final class BoardKey {
    private static final int MAX_HALVES = 8;

    private final TieBreaker[] tieBreakers;
    private final int words;
    private final int[] halves = new int[MAX_HALVES];

    BoardKey(List<TieBreaker> tieBreakers) {
        this.tieBreakers = tieBreakers.toArray(new TieBreaker[0]);
        int count = 2;
        for (final TieBreaker tieBreaker : this.tieBreakers) {
            count += tieBreaker == TieBreaker.FEWEST_ROUNDS ? 1 : 2;
        }
        words = (count + 2) / 2;
    }

    /** Returns the number of words, 2 to 4. */
    int words() {
        return words;
    }

    /** Packs an entry's fields. */
    void pack(long score, long multiplierE4, int rounds, long finishTs, int ref, long[] key) {
        int at = put64(0, scoreWord(score));
        for (final TieBreaker tieBreaker : tieBreakers) {
            at = switch (tieBreaker) {
                case HIGHEST_SINGLE_MULTIPLIER -> put64(at, ~multiplierE4);
                case FEWEST_ROUNDS -> put32(at, rounds);
                case EARLIEST_FINISH_TS -> put64(at, finishTs ^ Long.MIN_VALUE);
                default -> throw new IllegalStateException("unknown tie-break " + tieBreaker);
            };
        }
        if ((at & 1) == 0) {
            at = put32(at, 0);
        }
        put32(at, ref);
        for (int i = 0; i < words; i++) {
            key[i] = (long) halves[2 * i] << 32 | halves[2 * i + 1] & 0xFFFF_FFFFL;
        }
    }

    /** Returns the first word of a score: a higher score is a smaller word. */
    static long scoreWord(long score) {
        return ~(score ^ Long.MIN_VALUE);
    }

    /** Returns the score behind a first word. */
    static long scoreOf(long word) {
        return ~word ^ Long.MIN_VALUE;
    }

    private int put64(int at, long value) {
        halves[at] = (int) (value >>> 32);
        halves[at + 1] = (int) value;
        return at + 2;
    }

    private int put32(int at, int value) {
        halves[at] = value;
        return at + 1;
    }
}
