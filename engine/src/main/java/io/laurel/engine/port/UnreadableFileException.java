package io.laurel.engine.port;

import java.io.IOException;

/**
 * The device fails to read a file that is there. It may be readable tomorrow, so it is never taken
 * for one that is damaged or ends early; the message names it.
 */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the file.
     *
     * @param file its name, and where it matters the offset
     * @param cause what the system said
     */
    public UnreadableFileException(String file, IOException cause) {
        super(file + " cannot be read: " + cause.getMessage(), cause);
    }
}
