package io.laurel.engine.port;

import java.io.IOException;

/** The journal holds something that cannot be believed; the message names what and where. */
public final class JournalCorruptException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String file;
    private final long position;
    private final long sequence;

    /**
     * Names the place.
     *
     * @param message what is wrong
     * @param file name of the file
     * @param position offset in it, bytes
     * @param sequence last good sequence before the place, 0 where there is none
     */
    public JournalCorruptException(String message, String file, long position, long sequence) {
        super(message + " (file " + file + ", offset " + position + ", after sequence " + sequence
            + ")");
        this.reason = message;
        this.file = file;
        this.position = position;
        this.sequence = sequence;
    }

    /** Returns what is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }

    /** Returns the offset in the file in bytes. */
    public long position() {
        return position;
    }

    /** Returns the last good sequence before the place. */
    public long sequence() {
        return sequence;
    }
}
