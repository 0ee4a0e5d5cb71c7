package io.laurel.gateway.event;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {
    }

    /** Returns whether the bytes are well-formed UTF-8. */
    public static boolean isValid(byte[] bytes, int offset, int length) {
        return check(bytes, offset, length, true);
    }

    /**
     * Returns whether the bytes are well-formed UTF-8 without control characters (U+0000 to 001F,
     * 007F to 009F).
     */
    public static boolean isValidWithoutControls(byte[] bytes, int offset, int length) {
        return check(bytes, offset, length, false);
    }

    private static boolean check(byte[] bytes, int offset, int length, boolean controls) {
        final int end = offset + length;
        int at = offset;
        while (at < end) {
            final int step = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
            if (step == 0 || !controls && isControl(bytes, at)) {
                return false;
            }
            at += step;
        }
        return true;
    }

    private static boolean isControl(byte[] bytes, int at) {
        final int first = bytes[at] & 0xFF;
        return first < 0x20 || first == 0x7F
            || first == 0xC2 && (bytes[at + 1] & 0xFF) < 0xA0;
    }

    /** Returns the length of the multi-byte sequence at a place, 0 where it is ill-formed. */
    private static int sequence(byte[] bytes, int at, int end) {
        final int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, at + 1, end, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            final int low = lead == 0xE0 ? 0xA0 : 0x80;
            final int high = lead == 0xED ? 0x9F : 0xBF;
            return continues(bytes, at + 1, end, low, high)
                && continues(bytes, at + 2, end, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            final int low = lead == 0xF0 ? 0x90 : 0x80;
            final int high = lead == 0xF4 ? 0x8F : 0xBF;
            return continues(bytes, at + 1, end, low, high)
                && continues(bytes, at + 2, end, 0x80, 0xBF)
                && continues(bytes, at + 3, end, 0x80, 0xBF) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at, int end, int low, int high) {
        return at < end && (bytes[at] & 0xFF) >= low && (bytes[at] & 0xFF) <= high;
    }

    /**
     * Writes characters as UTF-8.
     *
     * @param to has room for three bytes per character
     * @return bytes written, or -1 where half a surrogate pair stands alone
     */
    public static int encode(char[] from, int offset, int length, byte[] to) {
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            final char c = from[i];
            if (c < 0x80) {
                to[size++] = (byte) c;
            } else if (c < 0x800) {
                to[size++] = (byte) (0xC0 | c >> 6);
                to[size++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                to[size++] = (byte) (0xE0 | c >> 12);
                to[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                to[size++] = (byte) (0x80 | c & 0x3F);
            } else {
                final char low = i + 1 < offset + length ? from[i + 1] : 0;
                if (!Character.isSurrogatePair(c, low)) {
                    return -1;
                }
                final int point = Character.toCodePoint(c, low);
                to[size++] = (byte) (0xF0 | point >> 18);
                to[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                to[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                to[size++] = (byte) (0x80 | point & 0x3F);
                i++;
            }
        }
        return size;
    }
}
