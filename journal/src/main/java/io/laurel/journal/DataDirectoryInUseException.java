package io.laurel.journal;

import java.io.IOException;

/** Another process holds the lock of the data directory (exit code 75). */
public final class DataDirectoryInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the directory. */
    public DataDirectoryInUseException(String message) {
        super(message);
    }
}
