package io.laurel.engine.contest;

import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import java.util.List;

/**
 * Packs what orders a board. The first two words go into the tree: 96 bits whose unsigned order is
 * the order of ranks as far as they reach, and the entry's reference. A field takes a fixed number
 * of bits, enough for nearly every value; behind one that does not fit exactly all bits are zero.
 * So two entries whose 96 bits differ are in their order, and only where they are equal the words
 * behind, which hold the fields whole, decide: {@link #compare}.
 *
 * <p>Bits: the score, descending, what the others leave of 64 at most; the highest multiplier,
 * descending, 24 (exact below 838.8607); rounds 10; the finish what is left, counted from the
 * begin of the board in steps so wide that its window fits.
 */
final class BoardKey {
    /** Longs of a packed key. */
    static final int LENGTH = 6;

    private static final int SCORE = 2;
    private static final int MULTIPLIER = 3;
    private static final int ROUNDS = 4;
    private static final int FINISH_TS = 5;

    private static final int BITS = 96;
    private static final int MULTIPLIER_BITS = 24;
    private static final int ROUNDS_BITS = 10;
    private static final int FINISH_BITS = 20;
    /** Multipliers below this are exact; above it a code stands for the first 18 bits. */
    private static final int EXACT_BITS = 23;
    private static final int MANTISSA_BITS = 17;
    private static final long MAX_MULTIPLIER_CODE = (1L << MULTIPLIER_BITS) - 1;
    private static final long MAX_ROUNDS_CODE = (1L << ROUNDS_BITS) - 1;

    private static final List<TieBreaker> USUAL = List.of(TieBreaker.HIGHEST_SINGLE_MULTIPLIER,
        TieBreaker.FEWEST_ROUNDS, TieBreaker.EARLIEST_FINISH_TS);
    private static final int USUAL_SCORE_BITS = BITS - MULTIPLIER_BITS - ROUNDS_BITS - FINISH_BITS;
    private static final int MULTIPLIER_BELOW = USUAL_SCORE_BITS + MULTIPLIER_BITS - Long.SIZE;

    private final TieBreaker[] tieBreakers;
    private final boolean usual;
    private final int scoreBits;
    private long first;
    private long second;
    private int used;

    BoardKey(List<TieBreaker> tieBreakers) {
        this.tieBreakers = tieBreakers.toArray(new TieBreaker[0]);
        usual = tieBreakers.equals(USUAL);
        int others = 0;
        for (final TieBreaker tieBreaker : this.tieBreakers) {
            others += switch (tieBreaker) {
                case HIGHEST_SINGLE_MULTIPLIER -> MULTIPLIER_BITS;
                case FEWEST_ROUNDS -> ROUNDS_BITS;
                case EARLIEST_FINISH_TS -> FINISH_BITS;
                default -> throw new IllegalStateException("unknown tie-break " + tieBreaker);
            };
        }
        scoreBits = Math.min(Long.SIZE, BITS - others);
    }

    /**
     * Packs an entry's fields.
     *
     * @param beginNs of the board, which never changes while it has entries
     * @param stepBits of the board, see {@link #stepBits}
     * @param key takes {@link #LENGTH} words
     */
    void pack(long score, long multiplierE4, int rounds, long finishTs, long beginNs,
        int stepBits, int ref, long[] key) {
        key[SCORE] = score;
        key[MULTIPLIER] = multiplierE4;
        key[ROUNDS] = rounds & 0xFFFF_FFFFL;
        key[FINISH_TS] = finishTs;
        if (usual && putUsual(score, multiplierE4, rounds, finishTs - beginNs, stepBits, key)) {
            key[1] |= ref & 0xFFFF_FFFFL;
            return;
        }
        first = 0;
        second = 0;
        used = 0;
        boolean exact = putScore(score);
        for (int i = 0; exact && i < tieBreakers.length; i++) {
            exact = switch (tieBreakers[i]) {
                case HIGHEST_SINGLE_MULTIPLIER -> putMultiplier(multiplierE4);
                case FEWEST_ROUNDS -> putRounds(key[ROUNDS]);
                default -> putFinish(finishTs, beginNs, stepBits);
            };
        }
        key[0] = first;
        key[1] = second | ref & 0xFFFF_FFFFL;
    }

    /** Packs, in one go, what nearly all boards hold; returns false where it does not fit. */
    private static boolean putUsual(long score, long multiplierE4, int rounds, long sinceBegin,
        int stepBits, long[] key) {
        final long most = (1L << USUAL_SCORE_BITS - 1) - 1;
        final long steps = sinceBegin >> stepBits;
        if (score < -most || score >= most || multiplierE4 >>> EXACT_BITS != 0
            || Integer.compareUnsigned(rounds, (int) MAX_ROUNDS_CODE) >= 0
            || steps >>> FINISH_BITS != 0) {
            return false;
        }
        final long multiplier = MAX_MULTIPLIER_CODE - multiplierE4;
        key[0] = most - score << Long.SIZE - USUAL_SCORE_BITS | multiplier >>> MULTIPLIER_BELOW;
        key[1] = multiplier << Long.SIZE - MULTIPLIER_BELOW
            | (long) rounds << Integer.SIZE + FINISH_BITS | steps << Integer.SIZE;
        return true;
    }

    /** Compares two packed keys by the whole fields; 0 where only the ids can decide. */
    int compare(long[] key, long[] other) {
        int order = Long.compare(other[SCORE], key[SCORE]);
        for (int i = 0; order == 0 && i < tieBreakers.length; i++) {
            order = switch (tieBreakers[i]) {
                case HIGHEST_SINGLE_MULTIPLIER -> Long.compare(other[MULTIPLIER], key[MULTIPLIER]);
                case FEWEST_ROUNDS -> Long.compare(key[ROUNDS], other[ROUNDS]);
                default -> Long.compare(key[FINISH_TS], other[FINISH_TS]);
            };
        }
        return order;
    }

    /** Returns how many low bits of the time go, so that a window fits what is kept of it. */
    static int stepBits(long startNs, long endNs) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(endNs - startNs) - FINISH_BITS);
    }

    private boolean putScore(long score) {
        if (scoreBits == Long.SIZE) {
            put(~(score ^ Long.MIN_VALUE), scoreBits);
            return true;
        }
        final long most = (1L << scoreBits - 1) - 1;
        final long kept = Math.max(-most - 1, Math.min(most, score));
        put(most - kept, scoreBits);
        return -most <= score && score < most;
    }

    private boolean putMultiplier(long multiplierE4) {
        final int lost = Long.SIZE - EXACT_BITS - Long.numberOfLeadingZeros(multiplierE4);
        if (lost <= 0) {
            put(MAX_MULTIPLIER_CODE - multiplierE4, MULTIPLIER_BITS);
            return true;
        }
        final long mantissa = multiplierE4 >>> EXACT_BITS + lost - 1 - MANTISSA_BITS
            & (1L << MANTISSA_BITS) - 1;
        put(MAX_MULTIPLIER_CODE - ((1L << EXACT_BITS) + (lost - 1L << MANTISSA_BITS) + mantissa),
            MULTIPLIER_BITS);
        return false;
    }

    private boolean putRounds(long rounds) {
        put(Math.min(rounds, MAX_ROUNDS_CODE), ROUNDS_BITS);
        return rounds < MAX_ROUNDS_CODE;
    }

    /** Takes all bits that are left: behind a time that has lost bits nothing could stand. */
    private boolean putFinish(long finishTs, long beginNs, int stepBits) {
        final int bits = Math.min(Long.SIZE - 1, BITS - used);
        final int finer = Math.min(stepBits, bits - FINISH_BITS);
        final long most = (1L << bits) - 1;
        final long since = finishTs < beginNs ? 0 : finishTs - beginNs;
        put(since < 0 ? most : Math.min(most, since >>> stepBits - finer), bits);
        return false;
    }

    private void put(long code, int bits) {
        final int behind = used + bits;
        if (behind <= Long.SIZE) {
            first |= code << Long.SIZE - behind;
        } else {
            if (used < Long.SIZE) {
                first |= code >>> behind - Long.SIZE;
            }
            second |= code << 2 * Long.SIZE - behind;
        }
        used = behind;
    }
}
