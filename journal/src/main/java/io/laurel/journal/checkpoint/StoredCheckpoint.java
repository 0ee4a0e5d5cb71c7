package io.laurel.journal.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint as it was found in a file.
 *
 * @param file where
 * @param note text and signatures, not yet believed; null where the file holds no note
 * @param checkpoint what the text says; null where it is no checkpoint
 * @param fault what is wrong with the file; empty where it can be read
 */
public record StoredCheckpoint(Path file, SignedNote note, Checkpoint checkpoint, String fault) {
    /** Reads the content of a file. */
    static StoredCheckpoint of(Path file, byte[] content) {
        try {
            SignedNote note = SignedNote.parse(content);
            return new StoredCheckpoint(file, note, Checkpoint.parse(note.text()), "");
        } catch (IllegalArgumentException e) {
            return new StoredCheckpoint(file, null, null, e.getMessage());
        }
    }

    /** Returns whether the file could be read. */
    public boolean isReadable() {
        return checkpoint != null;
    }

    /** Returns the name of the file. */
    String name() {
        return file.toString();
    }
}
