package io.laurel.journal;

import io.laurel.engine.port.UnreadableFileException;
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

    /** As above, where reading failed. */
    static IOException ofReading(Path file, IOException cause) {
        return cause instanceof FileSystemException ? cause
            : new UnreadableFileException(file.toString(), cause);
    }

    /** As above, where reading failed at an offset. */
    static IOException ofReading(Path file, long position, IOException cause) {
        return new UnreadableFileException(file + " at offset " + position, cause);
    }
}
