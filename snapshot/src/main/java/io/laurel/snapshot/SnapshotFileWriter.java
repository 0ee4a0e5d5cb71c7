package io.laurel.snapshot;

import io.laurel.engine.Engine;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.memory.PageRoot;
import io.laurel.engine.port.StateImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes one image into one file and forces it. */
final class SnapshotFileWriter {
    private final Chunk chunk = new Chunk();
    private final byte[] plain = new byte[PageRoot.CHUNK_BYTES];
    private final byte[] hash = new byte[SnapshotHeader.HASH_BYTES];

    /** Keeps the writer from taking disk and processor away from others. */
    interface Pace {
        /** Waits its time before each chunk; throws where writing is to end. */
        void await(long bytesDone) throws IOException;

        /** Waits its time now and then while contests are digested. */
        void breathe();
    }

    /**
     * Writes a file and forces it.
     *
     * @param file overwritten where it is there
     * @param previous the snapshot before, null where there is none
     */
    Snapshot write(Path file, StateImage image, Snapshot previous, Pace pace)
        throws IOException {
        final SnapshotHeader head = previous == null
            ? new SnapshotHeader(image.facts(), new byte[SnapshotHeader.HASH_BYTES], 0)
            : new SnapshotHeader(image.facts(), previous.manifestHash(), previous.sequence());
        final byte[] header = head.encode();
        final byte[] root = new byte[SnapshotHeader.HASH_BYTES];
        try (SnapshotFile out = new SnapshotFile(file, true)) {
            out.put(header, header.length);
            final byte[] hashes = chunks(out, image.pages(), root, pace);
            final SnapshotManifest manifest =
                new SnapshotManifest(hashes, root, contests(image, pace));
            final byte[] encoded = manifest.encode(header);
            out.put(encoded, encoded.length);
            final long written = out.finish();
            return new Snapshot(file, image.facts(), root, manifest.contests(),
                SnapshotManifest.hashOf(encoded), Snapshot.Before.of(head), written);
        }
    }

    private static List<ContestMark> contests(StateImage image, Pace pace) {
        // not closed: the memory is the image's
        return SnapshotManifest.marks(Engine.over(image), pace::breathe);
    }

    /** Writes the state; returns the hashes of the chunks. */
    private byte[] chunks(SnapshotFile out, PageImage pages, byte[] rootTarget, Pace pace)
        throws IOException {
        final PageRoot root = new PageRoot(pages.usedBytes());
        final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        int index = 0;
        for (long at = 0; at < pages.usedBytes(); at += plain.length) {
            pace.await(at);
            final int length = (int) Math.min(plain.length, pages.usedBytes() - at);
            pages.getBytes(at, plain, 0, length);
            root.chunk(plain, length, hash);
            // whoever serves a round may have been woken meanwhile
            Thread.yield();
            hashes.writeBytes(hash);
            out.put(chunk.stored(), chunk.pack(index, plain, length));
            index++;
        }
        root.finish(rootTarget);
        return hashes.toByteArray();
    }
}
