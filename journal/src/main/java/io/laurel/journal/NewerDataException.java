package io.laurel.journal;

import java.io.IOException;

/** The data was written by a newer version than this one understands (exit code 79). */
public final class NewerDataException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the file, the version found and the version known. */
    public NewerDataException(String message) {
        super(message);
    }
}
