package io.laurel.journal.checkpoint;

import io.laurel.journal.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checkpoints in a directory: {@code SEQUENCE.FACTS.checkpoint}, with the number of facts, and
 * {@code SEQUENCE.FACTS.ID.checkpoint} where the key with that id takes over. Nothing is ever
 * changed or deleted.
 */
public final class CheckpointFiles {
    private static final String SUFFIX = ".checkpoint";
    private static final Comparator<StoredCheckpoint> ORDER = Comparator
        .comparingLong((StoredCheckpoint stored) ->
            stored.isReadable() ? stored.checkpoint().sequence() : -1)
        .thenComparing(stored ->
            stored.isReadable() ? stored.checkpoint().facts().size() : -1)
        .thenComparing(stored -> stored.isReadable()
            && !stored.checkpoint().nextKey().isEmpty())
        .thenComparing(stored -> stored.file().getFileName());

    private CheckpointFiles() {
    }

    /** Writes a checkpoint; durable when this returns. */
    public static Path write(Path directory, SignedNote note) throws IOException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        String next = checkpoint.nextKey().isEmpty() ? ""
            : "." + VerifierKey.parse(checkpoint.nextKey()).idHex();
        Path file = directory.resolve(
            String.format("%020d.%d%s%s", checkpoint.sequence(), checkpoint.facts().size(), next,
                SUFFIX));
        DurableFiles.replace(file, note.toBytes());
        return file;
    }

    /**
     * Reads all checkpoints of a directory by sequence, those that name a next key last among
     * equals; what cannot be read comes first. None where there is no directory.
     */
    public static List<StoredCheckpoint> list(Path directory) throws IOException {
        List<StoredCheckpoint> list = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            for (Path file : DurableFiles.list(directory, "*" + SUFFIX)) {
                list.add(read(file));
            }
        }
        list.sort(ORDER);
        return list;
    }

    /** Reads one file. */
    public static StoredCheckpoint read(Path file) throws IOException {
        return StoredCheckpoint.of(file, DurableFiles.read(file));
    }
}
