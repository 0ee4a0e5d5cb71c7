package io.laurel.snapshot;

import io.laurel.engine.port.UnreadableFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a directory of snapshots. One thread at a time. */
public final class SnapshotDirectory {
    private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.snap");
    private static final String TEMPORARY = ".tmp";

    private final Path directory;
    /** Found to be no good since the start: they do not count among those kept. */
    private final Set<Path> bad = new HashSet<>();

    private SnapshotDirectory(Path directory) {
        this.directory = directory;
    }

    /** Opens a directory, made where it is not there, and removes what a crash left unfinished. */
    public static SnapshotDirectory open(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (final Path left : list(directory, "*" + TEMPORARY)) {
            Files.delete(left);
        }
        return new SnapshotDirectory(directory);
    }

    /** Looks at a directory that belongs to another process, or is not there: changes nothing. */
    public static SnapshotDirectory view(Path directory) {
        return new SnapshotDirectory(directory);
    }

    /** Returns the snapshots that are there by sequence, good or not. */
    public NavigableMap<Long, Path> files() throws IOException {
        final NavigableMap<Long, Path> files = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        for (final Path file : list(directory, "*")) {
            final Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && name.group(1).compareTo("0" + Long.MAX_VALUE) <= 0) {
                files.put(Long.parseLong(name.group(1)), file);
            }
        }
        return files;
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw new UnreadableFileException(directory.toString(), e.getCause());
        }
        return files;
    }

    /** Remembers that a file is no good. */
    void isBad(Path file) {
        bad.add(file);
    }

    /** Returns where a snapshot is written. */
    Path temporary(long sequence) {
        return directory.resolve(name(sequence) + TEMPORARY);
    }

    /** Gives a forced temporary file its name, durably. */
    Path publish(long sequence) throws IOException {
        final Path file = directory.resolve(name(sequence));
        Files.move(temporary(sequence), file, StandardCopyOption.ATOMIC_MOVE);
        bad.remove(file);
        force();
        return file;
    }

    /**
     * Keeps the newest good ones and removes what is older.
     *
     * @return sequence of the oldest good one, 0 where there are fewer than should be kept
     */
    long prune(int keep) throws IOException {
        int good = 0;
        long oldest = 0;
        for (final Map.Entry<Long, Path> entry : files().descendingMap().entrySet()) {
            final Path file = entry.getValue();
            if (good >= keep) {
                Files.delete(file);
                bad.remove(file);
            } else if (!bad.contains(file)) {
                good++;
                oldest = entry.getKey();
            }
        }
        return good < keep ? 0 : oldest;
    }

    /**
     * Removes the snapshots from a sequence on, durably: what they hold is no longer what the log
     * says.
     *
     * @return their sequences
     */
    public List<Long> removeFrom(long sequence) throws IOException {
        final NavigableMap<Long, Path> gone = files().tailMap(sequence, true);
        for (final Path file : gone.values()) {
            Files.delete(file);
            bad.remove(file);
        }
        if (!gone.isEmpty()) {
            force();
        }
        return List.copyOf(gone.keySet());
    }

    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String name(long sequence) {
        return String.format(Locale.ROOT, "%020d.snap", sequence);
    }
}
