package io.laurel.engine.recovery;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.protocol.storage.SkipCommandDecoder;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/**
 * The sequences that are passed in a replay. A SkipCommand stands behind what it names, so a
 * replay must know all of them before it begins: one pass over the records' headers finds them.
 */
public final class SkippedSequences implements JournalReader.RecordHandler {
    private final LongHashSet sequences = new LongHashSet();
    private long last;

    /**
     * Finds the SkipCommands of a log.
     *
     * @param reader reads the log; can be read again afterwards
     * @param fromSequence where the replay will begin
     * @throws IOException as the reader has it
     */
    public static SkippedSequences find(JournalReader reader, long fromSequence)
        throws IOException {
        final SkippedSequences found = new SkippedSequences();
        found.last = reader.read(fromSequence, found);
        return found;
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        final int template =
            buffer.getShort(offset + LogRecord.TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (template == SkipCommandDecoder.TEMPLATE_ID) {
            sequences.add(buffer.getLong(offset + LogRecord.HEADER_BYTES
                + SkipCommandDecoder.skippedSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        }
        return true;
    }

    /** Returns whether a sequence is passed. */
    public boolean contains(long sequence) {
        return sequences.contains(sequence);
    }

    /** Adds a sequence on the operator's word. Returns false where the log already has it. */
    boolean add(long sequence) {
        return sequences.add(sequence);
    }

    /** Returns the last sequence of the log as the pass found it. */
    long lastSequence() {
        return last;
    }
}
