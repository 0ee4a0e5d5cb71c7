package io.laurel.journal;

import java.nio.file.Path;

/**
 * Settings of the journal.
 *
 * @param directory holds the segments; on one file system
 * @param segmentBytes size at which the next file begins: a multiple of 1 MiB, 1 MiB to 1 GiB
 * @param lowSpaceBytes free space that must remain beside the next segment, else
 *     {@link ChronicleJournal#storageLow()}
 */
public record JournalConfig(Path directory, long segmentBytes, long lowSpaceBytes) {
    /** Default size of a segment. */
    public static final long DEFAULT_SEGMENT_BYTES = 256L << 20;
    /** Default mark of low space. */
    public static final long DEFAULT_LOW_SPACE_BYTES = 1L << 30;

    private static final long MIB = 1L << 20;
    /** A quarter of it holds the longest block there is, also where segments are smaller. */
    private static final long MIN_CHUNK_BYTES = 5 * MIB;
    private static final long MAX_CHUNK_BYTES = 64L << 20;
    /** Chronicle's own headers and index pages find their place in it. */
    private static final int SLACK_BYTES = 128 << 10;

    /** Checks the ranges. */
    public JournalConfig {
        if (segmentBytes < MIB || segmentBytes > (1L << 30) || segmentBytes % MIB != 0) {
            throw new IllegalArgumentException(
                "journal.segment must be a multiple of 1 MiB from 1 MiB to 1 GiB");
        }
        if (lowSpaceBytes < 0) {
            throw new IllegalArgumentException("journal.low_space must not be negative");
        }
    }

    /** Returns the defaults for a directory. */
    public static JournalConfig defaults(Path directory) {
        return new JournalConfig(directory, DEFAULT_SEGMENT_BYTES, DEFAULT_LOW_SPACE_BYTES);
    }

    /** Returns the most bytes of records that one block may hold. */
    public int maxBlockBytes() {
        return (int) Math.min(Envelope.MAX_RECORD_BYTES, overlapBytes() - SLACK_BYTES);
    }

    /** Returns the size of one mapping of Chronicle. */
    long chunkBytes() {
        return Math.max(MIN_CHUNK_BYTES, Math.min(segmentBytes, MAX_CHUNK_BYTES));
    }

    /** Returns by how much a mapping reaches into the next one; Chronicle's own rule. */
    long overlapBytes() {
        return chunkBytes() / 4;
    }

    /** Returns the length of a new file: all that Chronicle will map of it. */
    long fileBytes() {
        long chunks = (segmentBytes + chunkBytes() - 1) / chunkBytes();
        return chunks * chunkBytes() + overlapBytes();
    }

    /** Returns whether a block that ends here no longer belongs into the segment. */
    boolean isFull(long endPosition) {
        return endPosition + SLACK_BYTES > segmentBytes;
    }
}
