package io.laurel.engine.port;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** The verified log, read from front to back. */
public interface JournalReader extends AutoCloseable {
    /** Takes one record after another. */
    @FunctionalInterface
    interface RecordHandler {
        /**
         * Takes a record.
         *
         * @param buffer holds it for the time of the call
         * @param offset first byte of its header (see {@link LogRecord})
         * @param length bytes of header and body
         * @return whether to go on
         */
        boolean onRecord(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Reads records from a sequence on, in order, until the end or until the handler says stop.
     *
     * @param fromSequence first one wanted, from 1 on
     * @param handler takes them
     * @return the last sequence handed over, or {@code fromSequence - 1} where there was none
     * @throws JournalCorruptException where what is there cannot be believed
     * @throws IOException where the files cannot be read
     */
    long read(long fromSequence, RecordHandler handler) throws IOException;

    @Override
    void close() throws IOException;
}
