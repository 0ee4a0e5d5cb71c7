package io.laurel.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Names the file in failures of the device, which themselves only say "Input/output error". */
final class FileFailure {
    private FileFailure() {
    }

    static IOException of(Path file, IOException cause) {
        return cause instanceof FileSystemException ? cause
            : new IOException(file + ": " + cause.getMessage(), cause);
    }
}
