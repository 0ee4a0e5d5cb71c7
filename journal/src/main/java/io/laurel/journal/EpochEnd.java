package io.laurel.journal;

import java.util.HexFormat;

/**
 * Where the verified part of a finished epoch ends. Everything up to there was on disk when this
 * was written down; whatever lies behind it in the epoch's files is no part of the log.
 *
 * @param epoch number of the epoch, from 1
 * @param firstSegment its first file
 * @param lastSegment its last file; the next epoch begins in the one after
 * @param endSegment file in which its last block is; {@code firstSegment} where it has none
 * @param endOffset position right behind its last block; 0 where it has none
 * @param lastSequence last sequence of the log at the end of the epoch
 * @param lastTimeNs time of that record, {@link Long#MIN_VALUE} where there is none
 * @param lastHash SHA-256 of the log's last block as hex, zeros where there is none
 * @param tornBytes bytes that were cut
 * @param tornBlocks whole blocks among them
 */
public record EpochEnd(int epoch, long firstSegment, long lastSegment, long endSegment,
    long endOffset, long lastSequence, long lastTimeNs, String lastHash, long tornBytes,
    long tornBlocks) {

    private static final int FIELDS = 10;

    /** Checks what cannot be. */
    public EpochEnd {
        if (epoch < 1 || firstSegment < 1 || lastSegment < endSegment
            || endSegment < firstSegment || endOffset < 0 || lastSequence < 0
            || HexFormat.of().parseHex(lastHash).length != Envelope.HASH_BYTES) {
            throw new IllegalArgumentException("impossible end of an epoch");
        }
    }

    String toLine() {
        return epoch + " " + firstSegment + " " + lastSegment + " " + endSegment + " " + endOffset
            + " " + lastSequence + " " + lastTimeNs + " " + lastHash + " " + tornBytes + " "
            + tornBlocks;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException where it is none
     */
    static EpochEnd parse(String line) {
        String[] field = line.split(" ");
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("an end of an epoch has " + FIELDS + " fields");
        }
        return new EpochEnd(Integer.parseInt(field[0]), Long.parseLong(field[1]),
            Long.parseLong(field[2]), Long.parseLong(field[3]), Long.parseLong(field[4]),
            Long.parseLong(field[5]), Long.parseLong(field[6]), field[7],
            Long.parseLong(field[8]), Long.parseLong(field[9]));
    }
}
