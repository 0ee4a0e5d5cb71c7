package io.laurel.snapshot;

import java.io.IOException;

/** A file that is no snapshot, or no longer what was written; the message says where. */
public final class SnapshotInvalidException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public SnapshotInvalidException(String message) {
        super(message);
    }
}
