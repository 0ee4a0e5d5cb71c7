package io.laurel.snapshot;

import io.laurel.engine.port.SnapshotFacts;
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
 * @param fileBytes length of the file
 */
public record Snapshot(Path file, SnapshotFacts facts, byte[] root, List<ContestMark> contests,
    byte[] manifestHash, long fileBytes) {
    /** Returns the last sequence that the state reflects. */
    public long sequence() {
        return facts.sequence();
    }

    /** Returns the state root as 64 hex digits. */
    public String rootHex() {
        return HexFormat.of().formatHex(root);
    }
}
