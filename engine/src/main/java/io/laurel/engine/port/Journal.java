package io.laurel.engine.port;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The log as the pipeline writes it. One thread appends, one other thread forces. Any exception
 * of any method is final: the node stops, nothing is retried.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends one block of whole records (see {@link LogRecord}), sequences without gaps.
     *
     * @param block holds the records
     * @param offset first byte of the first record
     * @param length bytes of all records with their padding
     * @param firstSequence of the first record; one more than the last appended
     * @param lastSequence of the last record
     * @param durableMark highest sequence known to be durable when the block was made
     * @throws IOException where the block could not be written
     */
    void append(DirectBuffer block, int offset, int length, long firstSequence, long lastSequence,
        long durableMark) throws IOException;

    /**
     * Forces everything to disk that was appended before the call, file and directory.
     *
     * @return the last sequence that is durable now
     * @throws IOException where the disk reports a failure
     */
    long force() throws IOException;

    /** Returns the last appended sequence, 0 where there is none; any thread. */
    long lastAppendedSequence();

    /** Returns whether free space is under the low-space mark; any thread. */
    boolean storageLow();

    @Override
    void close() throws IOException;
}
