package io.laurel.snapshot;

import io.laurel.engine.memory.PageImage;
import io.laurel.engine.memory.PageRoot;
import io.laurel.engine.port.StateImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes one image into one file and forces it. */
final class SnapshotFileWriter {
    /** First bytes of the manifest. */
    static final long MANIFEST_MAGIC = 0x4E414D4C52414CL;

    private static final int BUFFER_BYTES = 1 << 20;
    /** Forced piecemeal, so that the journal's forces never stand behind one large write. */
    private static final long FORCE_EVERY_BYTES = 8L << 20;

    private final Chunk chunk = new Chunk();
    private final byte[] plain = new byte[PageRoot.CHUNK_BYTES];
    private final byte[] hash = new byte[SnapshotHeader.HASH_BYTES];
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private FileChannel channel;
    private long written;
    private long forced;

    /** Is asked before each chunk. */
    @FunctionalInterface
    interface Pace {
        /** Waits its time; throws where writing is to end. */
        void await(long bytesDone) throws IOException;
    }

    /**
     * Writes a file and forces it.
     *
     * @param file overwritten where it is there
     * @param previous manifest hash of the snapshot before
     */
    Snapshot write(Path file, StateImage image, byte[] previous, Pace pace) throws IOException {
        final byte[] header = new SnapshotHeader(image.facts(), previous).encode();
        final MessageDigest manifest = sha256();
        final byte[] root = new byte[SnapshotHeader.HASH_BYTES];
        buffer.clear();
        written = 0;
        forced = 0;
        try (FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel = opened;
            put(header, header.length);
            final byte[] hashes = chunks(image.pages(), root, pace);
            manifest.update(header);
            manifest.update(hashes);
            manifest.update(root);
            final byte[] manifestHash = manifest.digest();
            put(hashes, hashes.length);
            put(root, root.length);
            put(manifestHash, manifestHash.length);
            flush();
            channel.force(true);
            return new Snapshot(file, image.facts(), root, manifestHash, written);
        } finally {
            channel = null;
        }
    }

    /** Writes the state; returns the manifest's magic and the hashes of the chunks. */
    private byte[] chunks(PageImage pages, byte[] rootTarget, Pace pace) throws IOException {
        final PageRoot root = new PageRoot(pages.usedBytes());
        final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        hashes.writeBytes(magic());
        int index = 0;
        for (long at = 0; at < pages.usedBytes(); at += plain.length) {
            pace.await(at);
            final int length = (int) Math.min(plain.length, pages.usedBytes() - at);
            pages.getBytes(at, plain, 0, length);
            root.chunk(plain, length, hash);
            hashes.writeBytes(hash);
            put(chunk.stored(), chunk.pack(index, plain, length));
            index++;
        }
        root.finish(rootTarget);
        return hashes.toByteArray();
    }

    static byte[] magic() {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(MANIFEST_MAGIC).array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void put(byte[] bytes, int length) throws IOException {
        int at = 0;
        while (at < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            final int some = Math.min(buffer.remaining(), length - at);
            buffer.put(bytes, at, some);
            at += some;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            written += channel.write(buffer);
        }
        buffer.clear();
        if (written - forced >= FORCE_EVERY_BYTES) {
            channel.force(false);
            forced = written;
        }
    }
}
