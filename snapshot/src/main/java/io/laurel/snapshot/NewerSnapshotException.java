package io.laurel.snapshot;

import java.io.IOException;

/** A snapshot was written by a newer version than this one understands (exit code 79). */
public final class NewerSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the file, the version found and the version known. */
    public NewerSnapshotException(String message) {
        super(message);
    }
}
