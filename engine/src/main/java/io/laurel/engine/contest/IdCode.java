package io.laurel.engine.contest;

import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;

/**
 * The begin of an id as bits whose order is that of the bytes: per byte a code that is no begin of
 * another, short for what ids are made of. So ids of one shape differ within few bits, and entries
 * that nothing but their ids can order need no look at them.
 */
final class IdCode {
    /** The longest code. */
    private static final int SPACE_BITS = 14;
    private static final int END_BITS = 7;
    private static final int[] CODES = new int[256];
    private static final byte[] LENGTHS = new byte[256];

    static {
        int next = 1 << SPACE_BITS - END_BITS;
        for (int symbol = 0; symbol < CODES.length; symbol++) {
            final int length = lengthOf(symbol);
            final int width = 1 << SPACE_BITS - length;
            next = next + width - 1 & -width;
            CODES[symbol] = next >>> SPACE_BITS - length;
            LENGTHS[symbol] = (byte) length;
            next += width;
        }
        if (next > 1 << SPACE_BITS) {
            throw new IllegalStateException("the codes do not fit");
        }
    }

    private IdCode() {
    }

    private static int lengthOf(int symbol) {
        if (symbol >= '0' && symbol <= '9') {
            return 4;
        }
        if (symbol >= 'a' && symbol <= 'z') {
            return 7;
        }
        if (symbol >= 'A' && symbol <= 'Z') {
            return 9;
        }
        return switch (symbol) {
            case '_', '-' -> 6;
            case '.', ':', '/' -> 8;
            default -> SPACE_BITS;
        };
    }

    /**
     * Returns the first bits of an id, right-aligned.
     *
     * @param ref of its record in a dictionary
     * @param bits how many, below 64
     */
    static long first(Pages pages, int ref, int bits) {
        final long at = IdDictionary.idAt(pages, ref);
        final int length = IdDictionary.idLength(pages, ref);
        long code = 0;
        int left = bits;
        for (int i = 0; i < length && left > 0; i++) {
            final int symbol = pages.getByte(at + i) & 0xFF;
            final int own = LENGTHS[symbol];
            final int kept = Math.min(own, left);
            code = code << kept | CODES[symbol] >>> own - kept;
            left -= kept;
        }
        // the end is all zeros, which nothing else begins with
        return code << left;
    }
}
