package io.laurel.journal;

/**
 * A verified block of the log: what it holds, its hash, and where it lies.
 *
 * @param file name of the file
 * @param offset position of its excerpt in the file, bytes
 * @param firstSequence sequence of its first record
 * @param lastSequence sequence of its last record
 * @param lastTimeNs log time of that record, ns since the Unix epoch
 * @param hash SHA-256 over header and records, 32 bytes: what the next block names. The header
 *     holds the hash of the block before, so this stands for the whole log up to here
 */
public record Block(String file, long offset, long firstSequence, long lastSequence,
    long lastTimeNs, byte[] hash) {
}
