package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader with a thread of its own hands on, and how it ends. */
@Timeout(60)
class ReadAheadTest {
    private static final int BODY = 40;
    private static final int OFFSET = 24;
    /** Many times what may be under way. */
    private static final int MANY =
        5 * ReadAhead.BATCHES * RecordBatch.BYTES / (LogRecord.HEADER_BYTES + BODY);

    /** A log whose records follow from their sequences, in one buffer that is used again. */
    private static final class Source implements JournalReader {
        final AtomicLong handed = new AtomicLong();
        final List<Thread> threads = new ArrayList<>();
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);
        private final long records;
        private final int every;
        private final int largeBytes;
        Throwable failure;
        boolean closed;

        Source(long records) {
            this(records, 1, BODY);
        }

        /** Each record whose sequence is a multiple is a large one. */
        Source(long records, int every, int largeBytes) {
            this.records = records;
            this.every = every;
            this.largeBytes = largeBytes;
        }

        int bodyBytes(long sequence) {
            return sequence % every == 0 ? largeBytes : BODY + (int) (sequence % 7);
        }

        @Override
        public long read(long fromSequence, RecordHandler handler) throws IOException {
            threads.add(Thread.currentThread());
            for (long sequence = fromSequence; sequence <= records; sequence++) {
                final int length = LogRecord.HEADER_BYTES + bodyBytes(sequence);
                buffer.setMemory(OFFSET, length, (byte) sequence);
                buffer.putLong(OFFSET + LogRecord.SEQUENCE_OFFSET, sequence,
                    ByteOrder.LITTLE_ENDIAN);
                handed.set(sequence);
                if (!handler.onRecord(buffer, OFFSET, length)) {
                    failAtTheEnd();
                    return sequence;
                }
            }
            failAtTheEnd();
            return Math.max(records, fromSequence - 1);
        }

        private void failAtTheEnd() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        /** Fails where a record is not the one behind the last. */
        void check(long expected, DirectBuffer record, int offset, int length) {
            assertEquals(expected, record.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                ByteOrder.LITTLE_ENDIAN));
            assertEquals(LogRecord.HEADER_BYTES + bodyBytes(expected), length);
            assertEquals((byte) expected, record.getByte(offset + length - 1));
            assertEquals(0, offset % LogRecord.ALIGNMENT);
        }
    }

    /** Reads all and checks it; returns how many records came. */
    private static long readAll(ReadAhead ahead, Source source, long from) throws IOException {
        final long[] next = {from};
        final Thread caller = Thread.currentThread();
        final long last = ahead.read(from, (buffer, offset, length) -> {
            source.check(next[0], buffer, offset, length);
            next[0]++;
            assertSame(caller, Thread.currentThread());
            return true;
        });
        assertEquals(next[0] - 1, last);
        return next[0] - from;
    }

    private static void checkThatThreadsEnd(Source source) throws InterruptedException {
        for (final Thread thread : source.threads) {
            thread.join();
            assertNotSame(Thread.currentThread(), thread);
            assertEquals(ReadAhead.THREAD, thread.getName());
            assertTrue(thread.isDaemon());
        }
    }

    @Test
    void shouldHandOnAllInOrderAsOftenAsAsked() throws Exception {
        final Source source = new Source(MANY);
        final ReadAhead ahead = new ReadAhead(source);
        assertEquals(MANY, readAll(ahead, source, 1));
        assertEquals(MANY - 99, readAll(ahead, source, 100));
        assertEquals(2, source.threads.size());
        checkThatThreadsEnd(source);
        assertFalse(source.closed);
        ahead.close();
        assertTrue(source.closed);
    }

    @Test
    void shouldPrepareEachRecordOnceOnTheReadingThread() throws Exception {
        final Source source = new Source(MANY);
        final List<Thread> threads = new ArrayList<>();
        final long[] prepared = {0};
        final ReadAhead ahead = new ReadAhead(source, (batch, index) -> {
            source.check(++prepared[0], batch.buffer(), batch.offset(index), batch.length(index));
            if (prepared[0] == 1) {
                threads.add(Thread.currentThread());
            }
            assertSame(threads.get(0), Thread.currentThread());
        });
        assertEquals(MANY, readAll(ahead, source, 1));
        assertEquals(MANY, prepared[0]);
        assertEquals(source.threads, threads);
        checkThatThreadsEnd(source);
    }

    @Test
    void shouldHandOnNothingOfAnEmptyLog() throws Exception {
        final Source source = new Source(0);
        assertEquals(0, readAll(new ReadAhead(source), source, 1));
        assertEquals(0, readAll(new ReadAhead(source), source, 8));
        checkThatThreadsEnd(source);
    }

    @Test
    void shouldHandOnRecordsThatAreLargerThanABatch() throws Exception {
        for (final int bytes : new int[] {RecordBatch.BYTES - LogRecord.HEADER_BYTES - 1,
            RecordBatch.BYTES - LogRecord.HEADER_BYTES,
            RecordBatch.BYTES - LogRecord.HEADER_BYTES + 1, 5 * RecordBatch.BYTES}) {
            final Source source = new Source(200, 5, bytes);
            assertEquals(200, readAll(new ReadAhead(source), source, 1));
            final Source allLarge = new Source(50, 1, bytes);
            assertEquals(50, readAll(new ReadAhead(allLarge), allLarge, 1));
        }
    }

    @Test
    void shouldReadNoFurtherAheadThanItsBatches() throws Exception {
        final Source source = new Source(MANY);
        final long[] taken = {0};
        new ReadAhead(source).read(1, (buffer, offset, length) -> {
            taken[0]++;
            assertTrue(source.handed.get() - taken[0]
                <= (long) ReadAhead.BATCHES * RecordBatch.BYTES / LogRecord.HEADER_BYTES);
            return true;
        });
        assertEquals(MANY, taken[0]);
    }

    @Test
    void shouldThrowWhatTheSourceThrowsBehindWhatItHandedOver() throws Exception {
        for (final Throwable failure : List.of(new IOException("damaged"),
            new IllegalStateException("newer"), new StackOverflowError("deep"))) {
            for (final long records : new long[] {0, 1, 10, MANY}) {
                final Source source = new Source(records);
                source.failure = failure;
                final long[] taken = {0};
                assertSame(failure, assertThrows(Throwable.class,
                    () -> new ReadAhead(source).read(1, (buffer, offset, length) -> {
                        source.check(++taken[0], buffer, offset, length);
                        return true;
                    })));
                assertEquals(records, taken[0]);
                checkThatThreadsEnd(source);
            }
        }
    }

    @Test
    void shouldTellTheSourceToStopWhenTheHandlerDoes() throws Exception {
        for (final long stop : new long[] {1, 10, MANY / 2, MANY}) {
            final Source source = new Source(2L * MANY);
            final long[] taken = {0};
            assertEquals(stop, new ReadAhead(source).read(1, (buffer, offset, length) -> {
                source.check(++taken[0], buffer, offset, length);
                return taken[0] < stop;
            }));
            assertEquals(stop, taken[0], "nothing comes behind the stop");
            assertTrue(source.handed.get() < 2L * MANY, "the source was told");
            checkThatThreadsEnd(source);
        }
    }

    @Test
    void shouldThrowWhatTheSourceThrowsAfterTheHandlerHasStopped() {
        final Source source = new Source(MANY);
        source.failure = new IOException("damaged further on");
        assertSame(source.failure, assertThrows(IOException.class,
            () -> new ReadAhead(source).read(1, (buffer, offset, length) -> false)));
    }

    @Test
    void shouldThrowWhatTheHandlerThrowsOnceTheSourceHasEnded() throws Exception {
        for (final Throwable thrown : List.of(new IllegalArgumentException("by the handler"),
            new AssertionError("by the handler"))) {
            final Source source = new Source(MANY);
            source.failure = new IOException("too");
            final long[] taken = {0};
            final Throwable seen = assertThrows(Throwable.class,
                () -> new ReadAhead(source).read(1, (buffer, offset, length) -> {
                    if (++taken[0] == 20) {
                        if (thrown instanceof RuntimeException e) {
                            throw e;
                        }
                        throw (Error) thrown;
                    }
                    return true;
                }));
            assertSame(thrown, seen);
            assertEquals(20, taken[0]);
            assertEquals(List.of(source.failure), List.of(seen.getSuppressed()));
            checkThatThreadsEnd(source);
        }
    }

    @Test
    void shouldEndWhenItsCallerIsInterruptedWhileTheSourceWaits() throws Exception {
        final Thread caller = Thread.currentThread();
        final CountDownLatch never = new CountDownLatch(1);
        final List<Thread> threads = new ArrayList<>();
        final boolean[] woken = {false};
        final JournalReader waiting = new JournalReader() {
            @Override
            public long read(long fromSequence, RecordHandler handler) throws IOException {
                threads.add(Thread.currentThread());
                caller.interrupt();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    woken[0] = true;
                    throw new InterruptedIOException("woken");
                }
                return 0;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        assertThrows(InterruptedIOException.class,
            () -> new ReadAhead(waiting).read(1, (buffer, offset, length) -> true));
        assertTrue(Thread.interrupted(), "the caller still knows");
        assertTrue(woken[0]);
        threads.get(0).join();
    }
}
