package io.laurel.engine.command;

import io.laurel.engine.intake.EventHasher;
import io.laurel.engine.intake.EventHashes;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.GenesisDecoder;
import org.agrona.DirectBuffer;

/**
 * Computes the hashes of the events in a log for the engine that will apply them, on the thread of
 * whoever reads the log. Learns the seed from Genesis, where it passes that.
 */
public final class RecordHasher implements RecordBatch.Preparation {
    private final EventCommandDecoder command = new EventCommandDecoder();
    private final EventView event = new EventView();
    private final ContentHash contentHash = new ContentHash();
    /** Null as long as the seed is not known. */
    private EventHasher hasher;

    /** For a log that is read from its Genesis on. */
    public RecordHasher() {
        this(null);
    }

    /** For a log that is read from somewhere else. */
    public RecordHasher(long seed) {
        this(new EventHasher(seed));
    }

    private RecordHasher(EventHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public void prepare(RecordBatch batch, int index) {
        hash(batch.buffer(), batch.offset(index), batch.length(index), batch.hashes(index));
    }

    private void hash(DirectBuffer buffer, int offset, int length, EventHashes into) {
        final int template = LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET);
        final int version = LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET);
        final int blockLength = LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET);
        final int body = offset + LogRecord.HEADER_BYTES;
        final int end = offset + length;
        if (template == GenesisDecoder.TEMPLATE_ID && blockLength >= GenesisDecoder.BLOCK_LENGTH
            && body + blockLength <= end) {
            hasher = new EventHasher(
                new GenesisDecoder().wrap(buffer, body, blockLength, version).hashSeed());
        } else if (template == EventCommandDecoder.TEMPLATE_ID && hasher != null
            && blockLength >= EventCommandDecoder.BLOCK_LENGTH
            && holdsEvent(buffer, body + blockLength, end)) {
            command.wrap(buffer, body, blockLength, version);
            if (Lookahead.wrap(event, command, buffer, body + blockLength)) {
                hasher.hash(event, command.source(), into);
                if (command.sessionId() != 0) {
                    into.setMessageHash(contentHash.of(event));
                }
            }
        }
    }

    /** What is not as it must be is for the engine to refuse. */
    private static boolean holdsEvent(DirectBuffer buffer, int at, int end) {
        final int payload = at + EventCommandDecoder.payloadHeaderLength();
        return payload <= end && payload + LogRecord.u16(buffer, at) <= end;
    }
}
