package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data directory of one node: {@code journal/}, {@code snapshots/}, {@code checkpoints/}, a
 * {@code lock} held while the node runs, and a {@code manifest} that says which format it has.
 * The lock comes first: a second process changes nothing.
 */
public final class DataDirectory implements AutoCloseable {
    /** Format of the whole directory; counted up where an older program must not touch it. */
    public static final int FORMAT_VERSION = 1;

    private static final String FORMAT_KEY = "format_version=";
    /**
     * Directories held by this process. A lock of the operating system belongs to the process and
     * falls when any of its channels on the file is closed, so a second attempt must be refused
     * before it opens one.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final Path key;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, Path key, FileChannel lockChannel) {
        this.root = root;
        this.key = key;
        this.lockChannel = lockChannel;
    }

    /**
     * Creates the directory where there is none, locks it, checks its format.
     *
     * @throws DataDirectoryInUseException where another process, or this one, holds it
     * @throws NewerDataException where a newer program wrote it
     * @throws JournalCorruptException where the manifest cannot be read
     * @throws IOException where the file system fails
     */
    public static DataDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        Path key = root.toRealPath();
        if (!HELD.add(key)) {
            throw inUse(root);
        }
        FileChannel channel = null;
        boolean done = false;
        try {
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(root);
            }
            DataDirectory directory = new DataDirectory(root, key, channel);
            directory.prepare();
            done = true;
            return directory;
        } finally {
            if (!done) {
                release(key, channel);
            }
        }
    }

    private static DataDirectoryInUseException inUse(Path root) {
        return new DataDirectoryInUseException("data directory " + root
            + " is in use by another node");
    }

    private static void release(Path key, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(key);
        }
    }

    private void prepare() throws IOException {
        Path manifest = root.resolve("manifest");
        if (Files.exists(manifest)) {
            checkFormat(root);
        }
        Files.createDirectories(journal());
        Files.createDirectories(snapshots());
        Files.createDirectories(checkpoints());
        if (!Files.exists(manifest)) {
            String text = FORMAT_KEY + FORMAT_VERSION + "\ncreated=" + Instant.now() + "\n";
            DurableFiles.replace(manifest, text.getBytes(StandardCharsets.UTF_8));
        }
        DurableFiles.forceDirectory(root);
        Path parent = root.toAbsolutePath().getParent();
        if (parent != null) {
            DurableFiles.forceDirectory(parent);
        }
    }

    /**
     * Checks the manifest of a directory without locking it, for tools that only read. A
     * directory without one passes: there may be a copied journal and nothing else.
     *
     * @throws NewerDataException where a newer program wrote it
     * @throws JournalCorruptException where the manifest cannot be read
     */
    public static void checkFormat(Path root) throws IOException {
        Path manifest = root.resolve("manifest");
        if (!Files.exists(manifest)) {
            return;
        }
        String text = new String(DurableFiles.read(manifest), StandardCharsets.UTF_8);
        int version = text.lines().filter(line -> line.startsWith(FORMAT_KEY)).findFirst()
            .map(line -> parse(line.substring(FORMAT_KEY.length()))).orElse(-1);
        if (version < 1) {
            throw new JournalCorruptException("the manifest names no format version",
                manifest.toString(), 0, 0);
        }
        if (version > FORMAT_VERSION) {
            throw new NewerDataException(manifest + " has format version " + version
                + ", this program knows " + FORMAT_VERSION);
        }
    }

    private static int parse(String number) {
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : -1;
    }

    /** Returns the directory itself. */
    public Path root() {
        return root;
    }

    /** Returns where the segments are. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** Returns where the snapshots are. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** Returns where the signed checkpoints are. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        if (lockChannel.isOpen()) {
            release(key, lockChannel);
        }
    }
}
