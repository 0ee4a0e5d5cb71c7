package io.laurel.server.send;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines of bytes; a line may be of any length, most of it is then left out. */
public final class LineReader {
    private static final int CHUNK_BYTES = 64 * 1_024;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final byte[] line;
    private int position;
    private int limit;
    private int length;
    private long number;

    /**
     * Begins.
     *
     * @param in where to read
     * @param maxBytes of a line; a longer one is handed over with one byte more than this
     */
    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        line = new byte[maxBytes + 1];
    }

    /** Reads the next line; returns whether there was one. */
    public boolean next() throws IOException {
        length = 0;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            final byte next = chunk[position++];
            if (next == '\n') {
                break;
            }
            if (length < line.length) {
                line[length++] = next;
            }
        }
        if (any) {
            number++;
        }
        return any;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(chunk));
        return limit > 0;
    }

    /** Returns what holds the line, from 0 on. */
    public byte[] bytes() {
        return line;
    }

    /** Returns the length of the line in bytes, without its end. */
    public int length() {
        return length;
    }

    /** Returns the number of the line, from 1 on. */
    public long number() {
        return number;
    }

    /** Returns whether there is nothing but blanks in the line. */
    public boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
