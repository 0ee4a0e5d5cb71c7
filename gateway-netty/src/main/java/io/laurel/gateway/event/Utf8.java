package io.laurel.gateway.event;

/** Checks of UTF-8 text without decoding it into a string (RFC 3629, section 4). */
final class Utf8 {
    private Utf8() {
    }

    /**
     * Returns whether bytes are well-formed UTF-8.
     *
     * @param controls whether control characters (U+0000 to 001F, 007F to 009F) may occur
     */
    static boolean isValid(byte[] bytes, int length, boolean controls) {
        int at = 0;
        while (at < length) {
            final int first = bytes[at];
            if (first >= 0) {
                if (!controls && (first < 0x20 || first == 0x7F)) {
                    return false;
                }
                at++;
            } else {
                final int size = sequenceLength(bytes, at, length);
                if (size == 0 || !controls && isUpperControl(bytes, at)) {
                    return false;
                }
                at += size;
            }
        }
        return true;
    }

    private static boolean isUpperControl(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) == 0xC2 && (bytes[at + 1] & 0xFF) < 0xA0;
    }

    // 0 where it is ill-formed: overlong, a surrogate, beyond U+10FFFF or cut off
    private static int sequenceLength(byte[] bytes, int at, int length) {
        final int first = bytes[at] & 0xFF;
        final int size = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (size == 0 || at + size > length) {
            return 0;
        }
        final int second = bytes[at + 1] & 0xFF;
        final int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        final int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
