package io.laurel.journal;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import io.laurel.engine.port.RecordBatch.Preparation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.agrona.DirectBuffer;

/**
 * Reads a log on a thread of its own, so that it is read, verified and hashed beside what the
 * caller does with its records. They are copied and come in order, on the caller's thread. At most
 * {@value #BATCHES} batches are under way. One caller at a time.
 */
public final class ReadAhead implements JournalReader {
    /** Name of the thread that reads. */
    static final String THREAD = "laurel-read-ahead";
    /** A batch takes longer to apply than a thread to wake up, so a few are enough. */
    static final int BATCHES = 8;
    /** So many are given back together: the reading thread is woken for several at once. */
    private static final int GIVEN_BACK = 4;

    private final JournalReader source;
    private final Preparation preparation;

    /** Takes what reads the log; {@link #close} closes it. */
    public ReadAhead(JournalReader source) {
        this(source, Preparation.NONE);
    }

    /**
     * As the other one.
     *
     * @param preparation used on the reading thread
     */
    public ReadAhead(JournalReader source, Preparation preparation) {
        this.source = source;
        this.preparation = preparation;
    }

    @Override
    public long read(long fromSequence, RecordHandler handler) throws IOException {
        final OneByOne records = new OneByOne(handler, fromSequence - 1);
        readBatches(fromSequence, records);
        return records.lastSequence;
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
    public void readBatches(long fromSequence, BatchHandler handler) throws IOException {
        Run run = new Run(source, preparation, fromSequence);
        run.start();
        run.handOn(handler);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** For who wants no batches. */
    private static final class OneByOne implements BatchHandler {
        private final RecordHandler handler;
        private long lastSequence;

        OneByOne(RecordHandler handler, long lastSequence) {
            this.handler = handler;
            this.lastSequence = lastSequence;
        }

        @Override
        public boolean onBatch(RecordBatch batch) {
            DirectBuffer buffer = batch.buffer();
            boolean more = true;
            for (int i = 0; more && i < batch.size(); i++) {
                lastSequence = buffer.getLong(batch.offset(i) + LogRecord.SEQUENCE_OFFSET,
                    ByteOrder.LITTLE_ENDIAN);
                more = handler.onRecord(buffer, batch.offset(i), batch.length(i));
            }
            return more;
        }
    }

    /** One reading. */
    private static final class Run extends Thread {
        private final JournalReader source;
        private final Preparation preparation;
        private final long fromSequence;
        private final RecordBatch end = new RecordBatch();
        /** Neither queue is ever full when something is put into it: there are no more batches. */
        private final BlockingQueue<RecordBatch> read = new ArrayBlockingQueue<>(BATCHES + 1);
        private final BlockingQueue<RecordBatch> free = new ArrayBlockingQueue<>(BATCHES);
        /** Of the caller: applied, and not given back yet. */
        private final List<RecordBatch> done = new ArrayList<>(GIVEN_BACK);
        private volatile boolean stopped;
        /** Of the reading thread until the end was put into the queue. */
        private RecordBatch filling;
        private Throwable failure;

        Run(JournalReader source, Preparation preparation, long fromSequence) {
            super(THREAD);
            setDaemon(true);
            this.source = source;
            this.preparation = preparation;
            this.fromSequence = fromSequence;
            filling = new RecordBatch();
            for (int i = 1; i < BATCHES; i++) {
                free.add(new RecordBatch());
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
            preparation.prepare(filling, filling.size() - 1);
            return true;
        }

        /** On the caller's thread. */
        void handOn(BatchHandler handler) throws IOException {
            Throwable thrown = null;
            boolean interrupted = false;
            boolean ended = false;
            while (!ended) {
                try {
                    RecordBatch batch = read.take();
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
        }

        private boolean handOn(RecordBatch batch, BatchHandler handler) {
            try {
                return !stopped && (batch.size() == 0 || handler.onBatch(batch));
            } finally {
                // also behind a stop: the reading thread may wait for them, and then all are here
                batch.clear();
                done.add(batch);
                if (done.size() == GIVEN_BACK) {
                    free.addAll(done);
                    done.clear();
                }
            }
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
}
