package io.laurel.engine.port;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal in memory that can be told to fail. Appending and forcing may come from two threads,
 * as with the real one; everything else is for when they rest.
 */
public final class MemoryJournal implements Journal {
    private static final int MIN_BLOCKS = 64;
    // a block of few records
    private static final int BLOCK_BYTES = 128;

    private final Object lock = new Object();
    private final long[] forcedEnd = new long[2];
    private byte[] bytes;
    private int length;
    private long[] marks;
    private int blocks;
    private int forces;
    private long firstSequence;
    private long failAppendAt = Long.MAX_VALUE;
    private int failForceAt = Integer.MAX_VALUE;
    private volatile long lastSequence;
    private volatile boolean storageLow;
    private volatile boolean closed;

    /** An empty journal. */
    public MemoryJournal() {
        this(1 << 16);
    }

    /** An empty journal with room for so many bytes before it has to grow. */
    public MemoryJournal(int capacityBytes) {
        bytes = new byte[capacityBytes];
        marks = new long[Math.max(MIN_BLOCKS, capacityBytes / BLOCK_BYTES)];
    }

    @Override
    public void append(DirectBuffer block, int offset, int blockLength, long first, long last,
        long durableMark) throws IOException {
        if (first != lastSequence + 1 || last < first || durableMark > lastSequence) {
            throw new IOException("block " + first + " to " + last + " with mark " + durableMark
                + " behind " + lastSequence);
        }
        if (failAppendAt <= last) {
            throw new IOException("append refused at " + failAppendAt);
        }
        synchronized (lock) {
            if (length + blockLength > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + blockLength));
            }
            block.getBytes(offset, bytes, length, blockLength);
            length += blockLength;
            if (blocks == marks.length) {
                marks = Arrays.copyOf(marks, 2 * blocks);
            }
            marks[blocks++] = durableMark;
            if (firstSequence == 0) {
                firstSequence = first;
            }
            lastSequence = last;
        }
    }

    @Override
    public long force() throws IOException {
        synchronized (lock) {
            forces++;
            if (forces >= failForceAt) {
                throw new IOException("force " + forces + " refused");
            }
            forcedEnd[0] = length;
            forcedEnd[1] = lastSequence;
            return lastSequence;
        }
    }

    @Override
    public long lastAppendedSequence() {
        return lastSequence;
    }

    @Override
    public boolean storageLow() {
        return storageLow;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** From now on a block that holds this sequence, or a later one, is refused. */
    public void failAppendAt(long sequence) {
        failAppendAt = sequence;
    }

    /** The n-th force from the beginning fails, and all behind it. */
    public void failForceAt(int n) {
        synchronized (lock) {
            failForceAt = n;
        }
    }

    /** Switches the low-space mark. */
    public void storageLow(boolean low) {
        storageLow = low;
    }

    /** Returns what is left after a power cut: a journal with what was forced, and no more. */
    public MemoryJournal crash() {
        synchronized (lock) {
            final MemoryJournal left = new MemoryJournal(Math.max(1, (int) forcedEnd[0]));
            left.length = (int) forcedEnd[0];
            System.arraycopy(bytes, 0, left.bytes, 0, left.length);
            left.firstSequence = forcedEnd[1] == 0 ? 0 : firstSequence;
            left.lastSequence = forcedEnd[1];
            left.forcedEnd[0] = forcedEnd[0];
            left.forcedEnd[1] = forcedEnd[1];
            return left;
        }
    }

    /** Returns the last sequence that a power cut would leave. */
    public long forcedSequence() {
        synchronized (lock) {
            return forcedEnd[1];
        }
    }

    /** Returns how many blocks were appended. */
    public int blocks() {
        synchronized (lock) {
            return blocks;
        }
    }

    /** Returns the durable mark of a block, counted from 0. */
    public long mark(int block) {
        synchronized (lock) {
            return marks[block];
        }
    }

    /** Returns how often it was forced. */
    public int forces() {
        synchronized (lock) {
            return forces;
        }
    }

    /** Returns whether it was closed. */
    public boolean closed() {
        return closed;
    }

    /** Returns all records as they lie in the blocks. */
    public byte[] bytes() {
        synchronized (lock) {
            return Arrays.copyOf(bytes, length);
        }
    }

    /** Flips one bit. */
    public void flipBit(int position) {
        synchronized (lock) {
            bytes[position] ^= 1;
        }
    }

    /** Returns a reader over what was appended so far, forced or not. */
    public JournalReader reader() {
        return new Reader(bytes());
    }

    private record Reader(byte[] bytes) implements JournalReader {
        @Override
        public long read(long fromSequence, RecordHandler handler) throws IOException {
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            long last = fromSequence - 1;
            int at = 0;
            boolean more = true;
            while (more && at < bytes.length) {
                final int length = verify(buffer, at, last);
                final long sequence =
                    buffer.getLong(at + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
                if (sequence >= fromSequence) {
                    last = sequence;
                    more = handler.onRecord(buffer, at, length);
                }
                at += LogRecord.aligned(length);
            }
            return last;
        }

        private int verify(UnsafeBuffer buffer, int at, long last)
            throws JournalCorruptException {
            final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (length < LogRecord.HEADER_BYTES || length > bytes.length - at) {
                throw new JournalCorruptException("length " + length, "memory", at, last);
            }
            final CRC32C crc = new CRC32C();
            crc.update(ByteBuffer.wrap(bytes, at + LogRecord.SEQUENCE_OFFSET,
                length - LogRecord.SEQUENCE_OFFSET));
            if ((int) crc.getValue()
                != buffer.getInt(at + LogRecord.CRC_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
                throw new JournalCorruptException("checksum", "memory", at, last);
            }
            return length;
        }

        @Override
        public void close() {
            // the bytes are a copy
        }
    }
}
