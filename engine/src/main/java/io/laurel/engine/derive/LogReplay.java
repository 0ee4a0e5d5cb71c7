package io.laurel.engine.derive;

import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.WrappedTarget;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.SkippedSequences;
import java.io.IOException;
import java.nio.ByteOrder;

/** Lets an engine apply the log up to a sequence, for the sake of its trail alone. */
final class LogReplay {
    private LogReplay() {
    }

    /**
     * Applies the log.
     *
     * @param last sequence to end with, which the log must have
     * @throws IOException where the log cannot be read, or does not reach that far
     */
    static void run(JournalReader reader, Engine engine, long last) throws IOException {
        if (engine.sequence() < last) {
            final SkippedSequences skipped =
                SkippedSequences.find(reader, engine.sequence() + 1);
            Recovery.replay(new UpTo(reader, last), new Rootless(CommandTarget.of(engine)),
                skipped, Progress.NONE);
        }
        if (engine.sequence() < last) {
            throw new IOException("the log ends at sequence " + engine.sequence()
                + ", and sequence " + last + " is wanted");
        }
    }

    /** A log that ends early. */
    private record UpTo(JournalReader reader, long last) implements JournalReader {
        @Override
        public long read(long fromSequence, RecordHandler handler) throws IOException {
            return reader.read(fromSequence, (buffer, offset, length) ->
                handler.onRecord(buffer, offset, length) && buffer.getLong(
                    offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN) < last);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** The engine, but for the root of its state, which is long to hash and of no use here. */
    private static final class Rootless extends WrappedTarget {
        Rootless(CommandTarget target) {
            super(target);
        }

        @Override
        public byte[] stateRoot() {
            return new byte[0];
        }
    }
}
