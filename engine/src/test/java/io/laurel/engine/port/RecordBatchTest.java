package io.laurel.engine.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalReader.BatchHandler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** How records come in batches from a reader that knows only single ones. */
class RecordBatchTest {
    private static final int SMALL = LogRecord.HEADER_BYTES + 3;
    private static final int MANY = 5_000;

    /** A log whose records follow from their sequences, in one buffer that is used again. */
    private record Source(long records, long largeAt, int largeBytes, IOException failure)
        implements JournalReader {
        int length(long sequence) {
            return sequence == largeAt ? largeBytes : SMALL;
        }

        @Override
        public long read(long fromSequence, RecordHandler handler) throws IOException {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + Math.max(SMALL, largeBytes)]);
            for (long sequence = fromSequence; sequence <= records; sequence++) {
                buffer.setMemory(8, length(sequence), (byte) sequence);
                buffer.putLong(8 + LogRecord.SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                if (!handler.onRecord(buffer, 8, length(sequence))) {
                    return sequence;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return records;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Checks that records follow on, and counts them. */
    private static final class Check implements BatchHandler {
        private final Source source;
        private final long stopAfter;
        private final List<Integer> sizes = new ArrayList<>();
        private long last;

        Check(Source source, long stopAfter) {
            this.source = source;
            this.stopAfter = stopAfter;
        }

        @Override
        public boolean onBatch(RecordBatch batch) {
            sizes.add(batch.size());
            assertTrue(batch.size() > 0);
            for (int i = 0; i < batch.size(); i++) {
                last++;
                final int offset = batch.offset(i);
                assertEquals(0, offset % LogRecord.ALIGNMENT);
                assertEquals(source.length(last), batch.length(i));
                assertEquals(last, batch.buffer().getLong(offset + LogRecord.SEQUENCE_OFFSET,
                    ByteOrder.LITTLE_ENDIAN));
                assertEquals((byte) last, batch.buffer().getByte(offset + batch.length(i) - 1));
            }
            return last < stopAfter;
        }
    }

    private static Check read(Source source, long stopAfter) throws IOException {
        final Check check = new Check(source, stopAfter);
        source.readBatches(1, check);
        return check;
    }

    @Test
    void shouldHandOnAllInOrderWhateverFits() throws IOException {
        for (final long records : new long[] {0, 1, 1_023, 1_024, 1_025, MANY}) {
            final Check check = read(new Source(records, 0, 0, null), Long.MAX_VALUE);
            assertEquals(records, check.last);
            assertEquals((records + 1_023) / 1_024, check.sizes.size());
        }
    }

    @Test
    void shouldHandOnALargerRecordThanABatchAlone() throws IOException {
        for (final int bytes : new int[] {RecordBatch.BYTES - 1, RecordBatch.BYTES,
            RecordBatch.BYTES + 1, LogRecord.MAX_BODY_BYTES}) {
            for (final long at : new long[] {1, 2, 100}) {
                final Check check = read(new Source(100, at, bytes, null), Long.MAX_VALUE);
                assertEquals(100, check.last);
                assertTrue(check.sizes.contains(1), "alone: " + check.sizes);
            }
        }
    }

    @Test
    void shouldHandOnWhatLiesBeforeADamage() {
        final IOException damage = new IOException("damaged");
        final Source source = new Source(MANY, 0, 0, damage);
        final Check check = new Check(source, Long.MAX_VALUE);
        assertSame(damage,
            assertThrows(IOException.class, () -> source.readBatches(1, check)));
        assertEquals(MANY, check.last);
    }

    @Test
    void shouldHandOnNothingBehindAStop() throws IOException {
        assertEquals(1_024, read(new Source(MANY, 0, 0, null), 1).last);
    }

    @Test
    void shouldHandOnNothingBehindWhatTheHandlerThrows() {
        final List<Integer> seen = new ArrayList<>();
        assertThrows(ArithmeticException.class,
            () -> new Source(MANY, 0, 0, null).readBatches(1, batch -> {
                seen.add(batch.size());
                throw new ArithmeticException("by the handler");
            }));
        assertEquals(List.of(1_024), seen);
    }

    @Test
    void shouldTakeSmallRecordsAgainOnceALargeOneIsGone() {
        final RecordBatch batch = new RecordBatch();
        final UnsafeBuffer large = new UnsafeBuffer(new byte[2 * RecordBatch.BYTES]);
        assertTrue(batch.add(large, 0, large.capacity()));
        assertFalse(batch.add(large, 0, SMALL), "it has no room behind it");
        batch.clear();
        assertTrue(batch.add(large, 0, SMALL));
        assertTrue(batch.add(large, 0, SMALL));
        assertEquals(RecordBatch.BYTES, batch.buffer().capacity());
    }
}
