package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files written so that a power cut leaves the old content or the new one, never a mix. */
final class DurableFiles {
    private DurableFiles() {
    }

    /** Writes a temporary file, forces it, renames it over the target, forces the directory. */
    static void replace(Path target, byte[] content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Path temporary = directory.resolve(target.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            throw FileFailure.of(temporary, e);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(directory);
    }

    /** Makes creations and renames in a directory durable. */
    static void forceDirectory(Path directory) throws IOException {
        force(directory, StandardOpenOption.READ);
    }

    /** Makes the content and the length of a file durable. */
    static void forceFile(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }
}
