package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Walks the excerpts of one {@code .cq4} file as bytes, without Chronicle. An excerpt begins at a
 * multiple of 4 with a header of 4 bytes, little-endian: bit 31 not complete, bit 30 metadata,
 * bits 0 to 29 length of the payload. Zero means nothing was written yet; {@code 0xC0000000} is
 * the mark of a file that was left for the next.
 */
final class RawScanner implements AutoCloseable {
    /** What was found. */
    enum Found {
        /** A data excerpt that lies in the file wholly; nothing is checked yet. */
        BLOCK,
        /** Nothing more: zeros, the end mark, an unfinished excerpt or the end of the file. */
        END,
        /** Something that a running writer never leaves behind. */
        BAD
    }

    static final int ALIGNMENT = 4;
    static final int EXCERPT_HEADER_BYTES = 4;
    static final int END_MARK = 0xC0000000;
    private static final int METADATA = 0x40000000;
    private static final int LENGTH_MASK = 0x3FFFFFFF;
    private static final int MAX_BLOCK_BYTES = Envelope.HEADER_BYTES + Envelope.MAX_RECORD_BYTES;

    private final SegmentInput input = new SegmentInput();
    private Path file;
    private long position;
    private int lengthBytes;
    private String fault;

    /** Begins with a file at a position. */
    void open(Path nextFile, long startPosition) throws IOException {
        input.open(nextFile);
        file = nextFile;
        position = startPosition;
    }

    /** Finds the next data excerpt at or behind the position and stays in front of it. */
    Found find() throws IOException {
        while (true) {
            position = (position + ALIGNMENT - 1) & -ALIGNMENT;
            int header = header();
            if (header <= 0) {
                return Found.END;
            }
            lengthBytes = header & LENGTH_MASK;
            long payload = position + EXCERPT_HEADER_BYTES;
            if ((header & METADATA) == 0) {
                return data(payload);
            }
            if (input.fileBytes() < payload + lengthBytes) {
                return bad("metadata runs over the end of the file");
            }
            if (lengthBytes >= Long.BYTES && input.load(payload, Long.BYTES)
                && input.buffer().getLong(input.offset(payload), ByteOrder.LITTLE_ENDIAN)
                    == Envelope.MAGIC) {
                return bad("a block is marked as metadata");
            }
            position = payload + lengthBytes;
        }
    }

    private int header() throws IOException {
        int header = loadHeader();
        if (header <= 0) {
            input.forget();
            header = loadHeader();
        }
        return header;
    }

    private int loadHeader() throws IOException {
        return input.load(position, EXCERPT_HEADER_BYTES)
            ? input.buffer().getInt(input.offset(position), ByteOrder.LITTLE_ENDIAN) : 0;
    }

    private Found data(long payload) throws IOException {
        if (lengthBytes < Envelope.HEADER_BYTES || lengthBytes > MAX_BLOCK_BYTES) {
            return bad("an excerpt has an impossible length");
        }
        if (!input.load(payload, lengthBytes)) {
            return bad("the file ends within a block");
        }
        return Found.BLOCK;
    }

    private Found bad(String reason) {
        fault = reason;
        return Found.BAD;
    }

    /** Steps behind the excerpt that was found. */
    void skip() {
        position += EXCERPT_HEADER_BYTES + lengthBytes;
    }

    /** Goes to a position of the same file and reads it afresh. */
    void seek(long newPosition) {
        position = newPosition;
        input.forget();
    }

    Path file() {
        return file;
    }

    /** Returns the position of the excerpt's header, or behind the last one skipped. */
    long position() {
        return position;
    }

    /** Returns the bytes of the payload that was found. */
    int lengthBytes() {
        return lengthBytes;
    }

    /** Returns what is wrong where {@link Found#BAD} was found. */
    String fault() {
        return fault;
    }

    SegmentInput input() {
        return input;
    }

    DirectBuffer buffer() {
        return input.buffer();
    }

    /** Returns where the payload that was found lies in {@link #buffer()}. */
    int payloadOffset() {
        return input.offset(position + EXCERPT_HEADER_BYTES);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
