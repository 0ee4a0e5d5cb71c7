package io.laurel.replay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file cannot be read; the exceptions' messages are mere paths. */
public final class FileErrors {
    private FileErrors() {
    }

    /** Returns a reason to stand after a colon. */
    public static String reason(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "there is another file of that name";
        }
        if (error instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
