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

    /** Takes one batch of records after another. */
    @FunctionalInterface
    interface BatchHandler {
        /**
         * Takes some records that follow one another.
         *
         * @param batch at least one record; to be used for the time of the call
         * @return whether to go on
         */
        boolean onBatch(RecordBatch batch);
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

    /**
     * As {@link #read}, many records at a time: what was handed over before an exception comes
     * first.
     */
    default void readBatches(long fromSequence, BatchHandler handler) throws IOException {
        final BatchFiller filler = new BatchFiller(handler);
        try {
            read(fromSequence, filler::take);
        } finally {
            filler.handOn();
        }
    }

    @Override
    void close() throws IOException;
}
