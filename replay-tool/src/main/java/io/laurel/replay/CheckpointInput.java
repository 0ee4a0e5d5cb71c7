package io.laurel.replay;

import io.laurel.engine.port.UnreadableFileException;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.KeyRing;
import io.laurel.journal.checkpoint.StoredCheckpoint;
import io.laurel.journal.checkpoint.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Checkpoints and keys that somebody names on the command line. */
final class CheckpointInput {
    private CheckpointInput() {
    }

    /** Reads a file that must hold a checkpoint; its signatures are not looked at. */
    static StoredCheckpoint read(Path file) {
        try {
            final StoredCheckpoint stored = CheckpointFiles.read(file);
            if (!stored.isReadable()) {
                throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": " + stored.fault());
            }
            return stored;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the newest checkpoint of a directory. */
    static StoredCheckpoint newest(Path directory) {
        try {
            final List<StoredCheckpoint> all = CheckpointFiles.list(directory);
            if (all.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "no checkpoint in " + directory
                    + "; name one with --checkpoint");
            }
            return read(all.get(all.size() - 1).file());
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /** Reads a file and refuses it where no trusted key has signed it. */
    static Checkpoint trusted(Path file, List<VerifierKey> keys) {
        final StoredCheckpoint stored = read(file);
        final String fault = new KeyRing(keys).judge(stored);
        if (!fault.isEmpty()) {
            throw new CommandFailure(ExitCode.FOUND, file + " cannot be believed: " + fault);
        }
        return stored.checkpoint();
    }

    static List<VerifierKey> keys(Path file) {
        try {
            return VerifierKey.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CommandFailure unreadable(Path file, IOException e) {
        return new CommandFailure(ExitCode.BAD_DOCUMENT, e instanceof NoSuchFileException
            ? "there is no file " + file : e instanceof UnreadableFileException ? e.getMessage()
                : file + ": " + FileErrors.reason(e), e);
    }
}
