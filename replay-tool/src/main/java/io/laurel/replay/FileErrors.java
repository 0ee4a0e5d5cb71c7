package io.laurel.replay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words why a file cannot be read or written; the exceptions' messages are mere paths. It
 * stands in the lowest module that has commands.
 */
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
        if (error instanceof NotDirectoryException) {
            return "it is no directory";
        }
        if (error instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    /** Returns the reason behind the name of the file, where the exception has one. */
    public static String described(IOException error) {
        return error instanceof FileSystemException failed && failed.getFile() != null
            ? failed.getFile() + ": " + reason(error) : reason(error);
    }
}
