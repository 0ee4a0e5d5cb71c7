package io.laurel.snapshot;

import io.laurel.engine.Engine;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds the newest snapshot that can be believed and opens an engine from it. */
public final class SnapshotLoader {
    private final SnapshotDirectory directory;
    private final MemoryAdvice advice;
    private final List<String> notes = new ArrayList<>();

    /** Takes the directory. */
    public SnapshotLoader(SnapshotDirectory directory) {
        this(directory, MemoryAdvice.NONE);
    }

    /** As the other one, with advice about the memory of the engine. */
    public SnapshotLoader(SnapshotDirectory directory, MemoryAdvice advice) {
        this.directory = directory;
        this.advice = advice;
    }

    /**
     * An engine as a snapshot left it.
     *
     * @param engine the caller's, to be closed by it
     * @param snapshot what it was opened from
     */
    public record Loaded(Engine engine, Snapshot snapshot) {
    }

    /**
     * Tries one file after another, the newest first.
     *
     * @param before only snapshots of sequences before this one are tried
     * @param memoryBytes size of the state region; never smaller than that of the snapshot
     * @return null where none can be used: the log is to be replayed from its beginning
     * @throws NewerSnapshotException where a newer program wrote the newest that is intact
     * @throws IOException where the directory cannot be read
     */
    public Loaded load(long before, long memoryBytes) throws IOException {
        return load(before, Long.MAX_VALUE, memoryBytes);
    }

    /**
     * As above, and only snapshots of log times up to one.
     *
     * @param notAfterNs ns since the Unix epoch
     */
    public Loaded load(long before, long notAfterNs, long memoryBytes) throws IOException {
        notes.clear();
        for (final Map.Entry<Long, Path> entry
            : directory.files().headMap(before, false).descendingMap().entrySet()) {
            final Loaded loaded =
                tryFile(entry.getKey(), entry.getValue(), notAfterNs, memoryBytes);
            if (loaded != null) {
                return loaded;
            }
        }
        return null;
    }

    private Loaded tryFile(long sequence, Path file, long notAfterNs, long memoryBytes)
        throws IOException {
        try {
            final SnapshotFileSource source = SnapshotFileSource.open(file);
            if (source.facts().sequence() != sequence) {
                throw new SnapshotInvalidException("it is of sequence "
                    + source.facts().sequence());
            }
            if (source.facts().layoutVersion() != State.LAYOUT_VERSION) {
                notes.add(file.getFileName() + " ignored: its layout version "
                    + source.facts().layoutVersion() + " is older than " + State.LAYOUT_VERSION);
                return null;
            }
            if (source.facts().timeNs() > notAfterNs) {
                return null;
            }
            final Engine engine = Engine.open(source, memoryBytes, advice);
            checkPrevious(source.header());
            return new Loaded(engine, source.verified());
        } catch (NewerSnapshotException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            directory.isBad(file);
            notes.add(file.getFileName() + " ignored: " + e.getMessage());
            return null;
        }
    }

    /** The one before, where it is still there, must be the one that was named. */
    private void checkPrevious(SnapshotHeader header) throws IOException {
        final Path file = directory.files().get(header.previousSequence());
        if (file != null && !Arrays.equals(SnapshotFileSource.lastHash(file),
            header.previous())) {
            directory.isBad(file);
            notes.add(file.getFileName()
                + " is damaged, or not the one that the snapshot behind it names");
        }
    }

    /** Returns why the last {@link #load} passed files over, one line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
