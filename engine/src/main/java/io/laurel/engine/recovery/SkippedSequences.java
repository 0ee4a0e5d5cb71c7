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
 * replay must know all of them before it begins: one pass over the records' headers finds them,
 * or a caller assumes them and finds on the way whether that was right.
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
        reader.read(fromSequence, found);
        return found;
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        last = buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
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

    /** Returns whether all that others pass is passed here too. */
    public boolean containsAll(SkippedSequences others) {
        return sequences.containsAll(others.sequences);
    }

    /** Returns how many are passed. */
    public int size() {
        return sequences.size();
    }

    /**
     * Returns these and one more on the operator's word.
     *
     * @param skip the sequence, or {@link Recovery#NO_SKIP}
     */
    public SkippedSequences with(long skip) {
        final SkippedSequences more = new SkippedSequences();
        more.sequences.addAll(sequences);
        more.last = last;
        if (skip != Recovery.NO_SKIP) {
            more.sequences.add(skip);
        }
        return more;
    }

    /**
     * Says what the operator's word adds to a log, all of whose records were looked at.
     *
     * @param skip sequence that the operator passes, or {@link Recovery#NO_SKIP}
     * @param fromSequence where the replay begins
     * @return the sequence that a SkipCommand must name as the next record of the log; {@link
     *     Recovery#NO_SKIP} where there is one already
     * @throws IllegalArgumentException where there is no command of the sequence to skip
     */
    public long toLog(long skip, long fromSequence) {
        if (skip == Recovery.NO_SKIP) {
            return Recovery.NO_SKIP;
        }
        final long end = Math.max(last, fromSequence - 1);
        if (skip < fromSequence || skip > end) {
            throw new IllegalArgumentException("no command " + skip + " to skip: the log "
                + (skip > end ? "ends at " + end : "is replayed from " + fromSequence));
        }
        return sequences.contains(skip) ? Recovery.NO_SKIP : skip;
    }
}
