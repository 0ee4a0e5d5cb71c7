package io.laurel.snapshot;

import io.laurel.engine.Engine;
import io.laurel.engine.port.SnapshotFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A snapshot that was written or verified as a whole.
 *
 * @param file where it lies
 * @param facts what goes with the state
 * @param root the state root, 32 bytes
 * @param contests rules and digests at the sequence
 * @param manifestHash by which the next snapshot names this one, 32 bytes
 * @param before the snapshot before, as this one names it
 * @param fileBytes length of the file
 */
public record Snapshot(Path file, SnapshotFacts facts, byte[] root, List<ContestMark> contests,
    byte[] manifestHash, Before before, long fileBytes) {
    /**
     * The snapshot before one.
     *
     * @param sequence its sequence, 0 where there was none
     * @param manifestHash of its manifest, 32 bytes
     */
    public record Before(long sequence, byte[] manifestHash) {
        static Before of(SnapshotHeader header) {
            return new Before(header.previousSequence(), header.previous());
        }
    }

    /**
     * Reads a file to its end and checks every byte of it; the state root is computed anew.
     *
     * @throws SnapshotInvalidException where something in it is not what it must be
     * @throws NewerSnapshotException where a newer program wrote it
     * @throws IOException where it cannot be read
     */
    public static Snapshot verify(Path file) throws IOException {
        final SnapshotFileSource source = SnapshotFileSource.open(file);
        source.read((at, bytes, offset, length) -> { });
        return source.verified();
    }

    /** Returns what a manifest says of the contests of a state. */
    public static List<ContestMark> marksOf(Engine engine) {
        return SnapshotManifest.marks(engine, () -> { });
    }

    /** Returns a digest over rules and standings of contests, free of any layout; 32 bytes. */
    public static byte[] digestOf(List<ContestMark> contests) {
        return SnapshotManifest.digestOf(contests);
    }

    /** Returns the last sequence that the state reflects. */
    public long sequence() {
        return facts.sequence();
    }

    /** Returns the state root as 64 hex digits. */
    public String rootHex() {
        return HexFormat.of().formatHex(root);
    }
}
