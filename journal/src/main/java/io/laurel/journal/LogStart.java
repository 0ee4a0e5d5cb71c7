package io.laurel.journal;

import java.util.HexFormat;

/**
 * Where the log begins whose older segments were pruned. The first block there still names the
 * block before it, so the chain of hashes has no gap.
 *
 * @param segment first segment that is kept
 * @param sequence last sequence before it
 * @param lastHash SHA-256 of the block before it as hex
 * @param identity what tells this log from others; the caller's
 */
public record LogStart(long segment, long sequence, String lastHash, long identity) {
    private static final int FIELDS = 4;

    /** Checks what cannot be. */
    public LogStart {
        if (segment <= Segments.FIRST || sequence < 1
            || HexFormat.of().parseHex(lastHash).length != Envelope.HASH_BYTES) {
            throw new IllegalArgumentException("impossible start of a log");
        }
    }

    String toLine() {
        return segment + " " + sequence + " " + lastHash + " " + identity;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException where it is none
     */
    static LogStart parse(String line) {
        String[] field = line.split(" ");
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("a start of a log has " + FIELDS + " fields");
        }
        return new LogStart(Long.parseLong(field[0]), Long.parseLong(field[1]), field[2],
            Long.parseLong(field[3]));
    }
}
