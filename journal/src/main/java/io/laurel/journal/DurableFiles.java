package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Small files, written so that a power cut leaves the old content or the new one, never a mix. */
public final class DurableFiles {
    private DurableFiles() {
    }

    /** Reads a whole file. */
    public static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileFailure.ofReading(file, e);
        }
    }

    /** Lists the files of a directory whose names match a glob, in no order. */
    public static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw FileFailure.ofReading(directory, e.getCause());
        }
        return files;
    }

    /** Writes a temporary file, forces it, renames it over the target, forces the directory. */
    public static void replace(Path target, byte[] content) throws IOException {
        write(target, content);
    }

    /** As {@link #replace}; only the owner may read and write the file (0600). */
    public static void replacePrivate(Path target, byte[] content) throws IOException {
        write(target, content,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void write(Path target, byte[] content, FileAttribute<?>... attributes)
        throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Path temporary = directory.resolve(target.getFileName() + ".tmp");
        // one that was left behind may be open to others
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
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
    public static void forceDirectory(Path directory) throws IOException {
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
