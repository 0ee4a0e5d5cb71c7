package io.laurel.journal;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a log on a thread of its own, so that it is read and verified beside what the caller does
 * with its records. The records are copied and come in order, on the caller's thread. At most
 * {@value #BATCHES} batches of {@value #BATCH_BYTES} bytes, or of one larger record each, are
 * under way. One caller at a time.
 */
public final class ReadAhead implements JournalReader {
    /** Name of the thread that reads. */
    static final String THREAD = "laurel-read-ahead";
    /** A thousand events: a batch takes longer to apply than a thread to wake up. */
    static final int BATCH_BYTES = 128 << 10;
    static final int BATCHES = 8;

    private final JournalReader source;

    /** Takes what reads the log; {@link #close} closes it. */
    public ReadAhead(JournalReader source) {
        this.source = source;
    }

    /**
     * Reads as the source does. When this returns or throws, the source's {@code read} has ended.
     * What it has handed over before it failed is handed on first. Where the handler says stop,
     * the source is told so at its next record, and what it throws after that counts as well.
     *
     * @throws IOException what the source throws, the same object; where the handler has thrown,
     *     that goes before
     * @throws InterruptedIOException where the caller was interrupted, which it still is then
     */
    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        Run run = new Run(source, fromSequence);
        run.start();
        return run.handOn(handler);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** One reading. */
    private static final class Run extends Thread {
        private final JournalReader source;
        private final long fromSequence;
        private final Batch end = new Batch(0);
        /** Neither queue is ever full when something is put into it: there are no more batches. */
        private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(BATCHES + 1);
        private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES);
        private volatile boolean stopped;
        /** Of the reading thread until the end was put into the queue. */
        private Batch filling;
        private Throwable failure;
        /** Of the caller. */
        private long lastSequence;

        Run(JournalReader source, long fromSequence) {
            super(THREAD);
            setDaemon(true);
            this.source = source;
            this.fromSequence = fromSequence;
            lastSequence = fromSequence - 1;
            filling = new Batch(BATCH_BYTES);
            for (int i = 1; i < BATCHES; i++) {
                free.add(new Batch(BATCH_BYTES));
            }
        }

        @Override
        public void run() {
            try {
                source.read(fromSequence, this::take);
            } catch (Throwable e) {
                // the caller's
                failure = e;
            }
            if (filling != null) {
                read.add(filling);
            }
            read.add(end);
        }

        private boolean take(DirectBuffer buffer, int offset, int length) {
            if (stopped) {
                return false;
            }
            if (!filling.add(buffer, offset, length)) {
                read.add(filling);
                filling = null;
                try {
                    filling = free.take();
                } catch (InterruptedException e) {
                    // by the caller alone, who tells of it
                    throw new IllegalStateException("interrupted", e);
                }
                filling.add(buffer, offset, length);
            }
            return true;
        }

        /** On the caller's thread. */
        long handOn(RecordHandler handler) throws IOException {
            Throwable thrown = null;
            boolean interrupted = false;
            boolean ended = false;
            while (!ended) {
                try {
                    Batch batch = read.take();
                    ended = batch == end;
                    if (!ended && !handOn(batch, handler)) {
                        stopped = true;
                    }
                } catch (InterruptedException e) {
                    // a reader that waits for the disk ends sooner that way
                    interrupted = true;
                    stopped = true;
                    interrupt();
                } catch (RuntimeException | Error e) {
                    thrown = e;
                    stopped = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
                InterruptedIOException told =
                    new InterruptedIOException("interrupted while the log was read");
                thrown = thrown == null ? told : thrown;
            }
            rethrow(thrown);
            return lastSequence;
        }

        private boolean handOn(Batch batch, RecordHandler handler) {
            try {
                return !stopped && handOn(batch.buffer, batch.end, handler);
            } finally {
                // also behind a stop: the reading thread may wait for it
                batch.clear();
                free.add(batch);
            }
        }

        private boolean handOn(DirectBuffer buffer, int bytes, RecordHandler handler) {
            boolean more = true;
            for (int at = 0; more && at < bytes;) {
                int length = buffer.getInt(at);
                int offset = at + Batch.PREFIX_BYTES;
                lastSequence = buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET,
                    ByteOrder.LITTLE_ENDIAN);
                more = handler.onRecord(buffer, offset, length);
                at = offset + LogRecord.aligned(length);
            }
            return more;
        }

        private void rethrow(Throwable thrown) throws IOException {
            if (thrown != null && failure != null) {
                thrown.addSuppressed(failure);
            }
            Throwable first = thrown == null ? failure : thrown;
            if (first instanceof IOException e) {
                throw e;
            }
            if (first instanceof RuntimeException e) {
                throw e;
            }
            if (first instanceof Error e) {
                throw e;
            }
        }
    }

    /** Records one behind the other, each behind its length. */
    private static final class Batch {
        static final int PREFIX_BYTES = 8;

        private final UnsafeBuffer buffer;
        private final byte[] usual;
        private int end;

        Batch(int capacity) {
            usual = new byte[capacity];
            buffer = new UnsafeBuffer(usual);
        }

        /** Adds a record; returns false where it has no room behind others. */
        boolean add(DirectBuffer from, int offset, int length) {
            int bytes = PREFIX_BYTES + LogRecord.aligned(length);
            if (bytes > buffer.capacity() - end) {
                if (end > 0) {
                    return false;
                }
                buffer.wrap(new byte[bytes]);
            }
            buffer.putInt(end, length);
            buffer.putBytes(end + PREFIX_BYTES, from, offset, length);
            end += bytes;
            return true;
        }

        void clear() {
            end = 0;
            if (buffer.capacity() != usual.length) {
                buffer.wrap(usual);
            }
        }
    }
}
