package io.laurel.engine.contest;

import io.laurel.engine.memory.Pages;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import java.util.List;

/**
 * Packs what orders a board. The first two words go into the tree: 96 bits whose unsigned order is
 * the order of ranks as far as they reach, and the entry's reference. The bits are one string of
 * codes, cut off after 96: a number is the count of its bits and then those bits but the leading
 * one, so small numbers leave room for what follows, and no code is the begin of another. The
 * finish comes with as many bits as the window of its board needs, in ns; last comes the begin of
 * the id ({@link IdCode}). So two entries whose 96 bits differ are in their order; where they are
 * equal, which takes big numbers in all fields, the words behind, which hold the fields whole, and
 * the ids decide: {@link #compare}.
 */
final class BoardKey {
    /** Longs of a packed key. */
    static final int LENGTH = 6;

    private static final int SCORE = 2;
    private static final int MULTIPLIER = 3;
    private static final int ROUNDS = 4;
    private static final int FINISH_TS = 5;

    private static final int BITS = 96;
    /** Bits that tell how many more a number has. */
    private static final int LENGTH_BITS = 6;
    /** A code is never longer than this; a longer number loses its end, and all behind it. */
    private static final int MAX_CODE_BITS = 60;
    private static final int ID_BITS = 60;

    private static final List<TieBreaker> USUAL = List.of(TieBreaker.HIGHEST_SINGLE_MULTIPLIER,
        TieBreaker.FEWEST_ROUNDS, TieBreaker.EARLIEST_FINISH_TS);
    private static final int USUAL_SCORE_BITS = 48;
    private static final int USUAL_MULTIPLIER_BITS = 32;

    private final TieBreaker[] tieBreakers;
    private final boolean usual;
    private long high;
    private long low;
    private int used;
    private boolean idFollows;

    BoardKey(List<TieBreaker> tieBreakers) {
        this.tieBreakers = tieBreakers.toArray(new TieBreaker[0]);
        usual = tieBreakers.equals(USUAL);
    }

    /**
     * Packs an entry's fields.
     *
     * @param beginNs of the board, which never changes while it has entries
     * @param windowBits of the board, see {@link #windowBits}
     * @param pages hold the record of the entity's id
     * @param ref of the entry
     * @param key takes {@link #LENGTH} words
     */
    void pack(long score, long multiplierE4, int rounds, long finishTs, long beginNs,
        int windowBits, Pages pages, int entity, int ref, long[] key) {
        key[SCORE] = score;
        key[MULTIPLIER] = multiplierE4;
        key[ROUNDS] = rounds & 0xFFFF_FFFFL;
        key[FINISH_TS] = finishTs;
        if (usual && packUsual(score, multiplierE4, key[ROUNDS], finishTs - beginNs, windowBits,
            key)) {
            key[1] |= ref & 0xFFFF_FFFFL;
            return;
        }
        high = 0;
        low = 0;
        used = 0;
        idFollows = true;
        putScore(score);
        for (final TieBreaker tieBreaker : tieBreakers) {
            switch (tieBreaker) {
                case HIGHEST_SINGLE_MULTIPLIER -> putDescending(0, 0, multiplierE4);
                case FEWEST_ROUNDS -> putAscending(0, 0, rounds & 0xFFFF_FFFFL);
                default -> putFinish(finishTs, beginNs, windowBits);
            }
        }
        if (idFollows && used < BITS) {
            final int room = Math.min(ID_BITS, BITS - used);
            put(IdCode.first(pages, entity, room), room);
        }
        fill();
        key[0] = high << Integer.SIZE | low >>> Integer.SIZE;
        key[1] = low << Integer.SIZE | ref & 0xFFFF_FFFFL;
    }

    /**
     * Packs what nearly all entries hold without a loop and without going through memory; the
     * bits are the same.
     *
     * @return false where it does not fit, or where the id follows
     */
    private static boolean packUsual(long score, long multiplierE4, long rounds, long sinceBegin,
        int windowBits, long[] key) {
        if (score < 0 || sinceBegin < 0 || sinceBegin >>> windowBits != 0
            || (score + 1) >>> USUAL_SCORE_BITS != 0
            || (multiplierE4 + 1) >>> USUAL_MULTIPLIER_BITS != 0) {
            return false;
        }
        final int scoreTail = tailBits(score);
        final int multiplierBits = LENGTH_BITS + tailBits(multiplierE4);
        final int roundsBits = LENGTH_BITS + tailBits(rounds);
        final int before = 1 + LENGTH_BITS + scoreTail + multiplierBits + roundsBits;
        if (before >= BITS) {
            return false;
        }
        long bits = (1L << LENGTH_BITS + scoreTail) - 1 - code(score, scoreTail);
        long over = bits >>> Long.SIZE - multiplierBits;
        bits = bits << multiplierBits | (1L << multiplierBits) - 1
            - code(multiplierE4, multiplierBits - LENGTH_BITS);
        over = over << roundsBits | bits >>> Long.SIZE - roundsBits;
        bits = bits << roundsBits | code(rounds, roundsBits - LENGTH_BITS);
        final int room = BITS - before;
        final int lost = Math.max(0, windowBits + 1 - room);
        final int kept = windowBits + 1 - lost;
        over = over << kept | bits >>> Long.SIZE - kept;
        bits = bits << kept | (1L << windowBits | sinceBegin) >>> lost;
        final int rest = room - kept;
        over = over << rest | bits >>> 1 >>> Long.SIZE - 1 - rest;
        bits = bits << rest;
        key[0] = over << Integer.SIZE | bits >>> Integer.SIZE;
        key[1] = bits << Integer.SIZE;
        return true;
    }

    /** Returns whether a packed key is that of these fields. */
    boolean isOf(long[] key, long score, long multiplierE4, int rounds, long finishTs) {
        return key[SCORE] == score && key[MULTIPLIER] == multiplierE4
            && key[ROUNDS] == (rounds & 0xFFFF_FFFFL) && key[FINISH_TS] == finishTs;
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

    /** Returns how many bits the time since the begin of a window needs. */
    static int windowBits(long startNs, long endNs) {
        final long length = Math.max(0, endNs - startNs);
        return Math.min(MAX_CODE_BITS - 1, Long.SIZE - Long.numberOfLeadingZeros(length));
    }

    /** Returns how many bits of a number and one follow behind the leading one. */
    private static int tailBits(long number) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(number + 1);
    }

    /** Returns the code of a number: the count of the bits behind the leading one, and they. */
    private static long code(long number, int tailBits) {
        return ((long) tailBits - 1 << tailBits) + number + 1;
    }

    /** Descending, what is negative behind everything else. */
    private void putScore(long score) {
        if (score >= 0) {
            putDescending(0, 1, score);
        } else {
            putAscending(1, 1, ~score);
        }
    }

    private void putDescending(long prefix, int prefixBits, long number) {
        final int tail = tailBits(number);
        final long mask = (1L << LENGTH_BITS) - 1;
        putCode(prefix << LENGTH_BITS | ~(long) tail & mask, prefixBits + LENGTH_BITS,
            ~(number + 1), tail);
    }

    private void putAscending(long prefix, int prefixBits, long number) {
        final int tail = tailBits(number);
        putCode(prefix << LENGTH_BITS | tail, prefixBits + LENGTH_BITS, number + 1, tail);
    }

    private void putFinish(long finishTs, long beginNs, int windowBits) {
        final long since = finishTs - beginNs;
        final long most = (1L << windowBits) - 1;
        if (finishTs == 0) {
            // nothing has counted yet, so many may be equal here
            put(0, 2);
            return;
        }
        idFollows = false;
        if (finishTs < beginNs) {
            put(1, 2);
            fill();
            return;
        }
        final boolean inside = since >= 0 && since < most;
        put(1L << windowBits | (inside ? since : most), windowBits + 1);
        if (!inside) {
            fill();
        }
    }

    private void putCode(long head, int headBits, long tail, int tailBits) {
        final int lost = Math.max(0, headBits + tailBits - MAX_CODE_BITS);
        final int kept = tailBits - lost;
        put(head << kept | tail >>> lost & (1L << kept) - 1, headBits + kept);
        if (lost > 0) {
            // what follows would be compared before the bits that were lost
            fill();
        }
    }

    /** Appends a code, or as much of it as there is room for. */
    private void put(long code, int bits) {
        final int lost = Math.max(0, used + bits - BITS);
        final int kept = bits - lost;
        high = high << kept | low >>> 1 >>> Long.SIZE - 1 - kept;
        low = low << kept | code >>> lost;
        used += kept;
    }

    private void fill() {
        while (used < BITS) {
            put(0, Math.min(ID_BITS, BITS - used));
        }
    }
}
