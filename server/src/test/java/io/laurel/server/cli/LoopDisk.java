package io.laurel.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in an image file. A copy of the image holds what a disk would hold after the
 * power went: what was written but not forced is not in it.
 */
final class LoopDisk implements AutoCloseable {
    private static final int IMAGE_MIB = 192;
    private static final long DEADLINE_SECONDS = 60;

    private final Path directory;
    private final List<Path> mounted = new ArrayList<>();

    private LoopDisk(Path directory) {
        this.directory = directory;
    }

    /** Makes and mounts a file system; null where this machine or this user cannot. */
    static LoopDisk mount(Path directory) throws IOException {
        final LoopDisk disk = new LoopDisk(directory);
        final Path image = directory.resolve("image");
        final boolean made = run("truncate", "-s", IMAGE_MIB + "M", image.toString())
            && run("mkfs.ext4", "-q", "-F", image.toString())
            && disk.mountImage(image, disk.root());
        return made ? disk : null;
    }

    /** Returns where the file system is mounted. */
    Path root() {
        return directory.resolve("disk");
    }

    /** Mounts what the disk would hold if the power went now; returns where. */
    Path cut(int number) throws IOException {
        final Path image = directory.resolve("cut.image");
        final Path root = directory.resolve("cut" + number);
        if (!run("cp", "--sparse=always", directory.resolve("image").toString(),
            image.toString()) || !mountImage(image, root)) {
            throw new IOException("the copy of the disk cannot be mounted");
        }
        return root;
    }

    private boolean mountImage(Path image, Path at) throws IOException {
        Files.createDirectories(at);
        if (run("mount", "-o", "loop", image.toString(), at.toString())) {
            mounted.add(at);
            return true;
        }
        return false;
    }

    void unmount(Path at) throws IOException {
        if (!run("umount", at.toString())) {
            throw new IOException(at + " cannot be unmounted");
        }
        mounted.remove(at);
    }

    @Override
    public void close() throws IOException {
        for (final Path at : List.copyOf(mounted)) {
            unmount(at);
        }
    }

    /** Runs a program; returns whether it is there and did what it was asked for. */
    static boolean run(String... command) {
        try {
            final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
