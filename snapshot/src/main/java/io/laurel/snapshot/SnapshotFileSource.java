package io.laurel.snapshot;

import io.laurel.engine.memory.PageRoot;
import io.laurel.engine.port.SnapshotFacts;
import io.laurel.engine.port.SnapshotSource;
import io.laurel.engine.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one file and believes nothing: every byte is covered by a checksum or a hash, and the
 * state root is computed anew while the state is handed over.
 */
final class SnapshotFileSource implements SnapshotSource {
    private final Path file;
    private final byte[] headerBytes;
    private final SnapshotHeader header;
    private Snapshot verified;

    private SnapshotFileSource(Path file, byte[] headerBytes, SnapshotHeader header) {
        this.file = file;
        this.headerBytes = headerBytes;
        this.header = header;
    }

    /**
     * Opens a file and judges its header.
     *
     * @throws SnapshotInvalidException where it is no header
     * @throws NewerSnapshotException where a newer program wrote it
     * @throws IOException where the file cannot be read
     */
    static SnapshotFileSource open(Path file) throws IOException {
        return open(file, State.LAYOUT_VERSION);
    }

    /** As above, for a program that knows the given layout of the state. */
    static SnapshotFileSource open(Path file, int layoutKnown) throws IOException {
        final byte[] bytes = new byte[SnapshotHeader.BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            readFully(in, bytes, 0, bytes.length);
        }
        return new SnapshotFileSource(file, bytes,
            SnapshotHeader.decode(bytes, file.toString(), layoutKnown));
    }

    @Override
    public SnapshotFacts facts() {
        return header.facts();
    }

    /** Returns the last bytes of a file, which are its manifest's hash where it is whole. */
    static byte[] lastHash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - SnapshotHeader.HASH_BYTES));
            return in.readNBytes(SnapshotHeader.HASH_BYTES);
        }
    }

    /** Returns the header. */
    SnapshotHeader header() {
        return header;
    }

    @Override
    public void read(Target target) throws IOException {
        verified = null;
        try (InputStream in = new SnapshotInput(file)) {
            final byte[] again = new byte[headerBytes.length];
            readFully(in, again, 0, again.length);
            if (!Arrays.equals(again, headerBytes)) {
                throw new SnapshotInvalidException("the header has changed");
            }
            final byte[] root = new byte[SnapshotHeader.HASH_BYTES];
            final byte[] hashes = chunks(in, target, root);
            final SnapshotManifest manifest =
                SnapshotManifest.read(in, headerBytes, hashes, root);
            if (in.read() >= 0) {
                throw new SnapshotInvalidException("there is more than there should be");
            }
            verified = new Snapshot(file, facts(), root, manifest.contests(),
                SnapshotManifest.hashOf(manifest.encode(headerBytes)),
                Snapshot.Before.of(header), Files.size(file));
        }
    }

    private byte[] chunks(InputStream in, Target target, byte[] rootTarget) throws IOException {
        final long used = facts().usedBytes();
        final byte[] hashes = new ChunkCrew(in, used, target).run();
        final PageRoot root = new PageRoot(used);
        for (int at = 0; at < hashes.length; at += SnapshotHeader.HASH_BYTES) {
            root.part(hashes, at);
        }
        root.finish(rootTarget);
        return hashes;
    }

    /** Returns what was verified, null before {@link #read} has come to its end. */
    Snapshot verified() {
        return verified;
    }

    static void readFully(InputStream in, byte[] target, int offset, int length)
        throws IOException {
        if (in.readNBytes(target, offset, length) != length) {
            throw truncated();
        }
    }

    static SnapshotInvalidException truncated() {
        return new SnapshotInvalidException("the file ends too early");
    }
}
