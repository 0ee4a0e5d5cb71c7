package io.laurel.engine.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The state root: SHA-256 over the tag {@code laurel-state-1}, the used bytes as u64 little
 * endian, and the SHA-256 of each chunk of 64 KiB of the used prefix in order (the last one may be
 * shorter). An instance computes one root, from chunks that are given in order.
 */
public final class PageRoot {
    /** Bytes of a chunk. */
    public static final int CHUNK_BYTES = 64 * 1024;
    /** Bytes of a hash and of the root. */
    public static final int DIGEST_BYTES = 32;
    /** 4 MiB: a few hundred tasks per GB. */
    private static final int CHUNKS_PER_TASK = 64;
    private static final byte[] TAG = "laurel-state-1".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest whole = sha256();
    private final Parts parts = new Parts();

    /** Computes the hashes of chunks, in any order; one thread each. */
    public static final class Parts {
        private final MessageDigest part = sha256();

        /** Computes the SHA-256 of a chunk, 32 bytes from an offset on. */
        public void hash(byte[] chunk, int length, byte[] target, int offset) {
            part.update(chunk, 0, length);
            PageRoot.finish(part, target, offset);
        }
    }

    /** Begins a root over so many bytes. */
    public PageRoot(long usedBytes) {
        whole.update(TAG);
        whole.update(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(usedBytes).flip());
    }

    /**
     * Takes the next chunk.
     *
     * @param hash takes its SHA-256, 32 bytes
     */
    public void chunk(byte[] chunk, int length, byte[] hash) {
        parts.hash(chunk, length, hash, 0);
        part(hash, 0);
    }

    /** Takes the hash of the next chunk, which somebody has computed. */
    public void part(byte[] hashes, int offset) {
        whole.update(hashes, offset, DIGEST_BYTES);
    }

    /**
     * Ends the root.
     *
     * @param target takes 32 bytes
     */
    public void finish(byte[] target) {
        finish(whole, target, 0);
    }

    static void compute(Pages pages, byte[] target, long usedBytes, TaskRunner runner) {
        if (usedBytes < 0 || usedBytes > pages.capacityBytes()) {
            throw new IllegalArgumentException("used bytes out of the region: " + usedBytes);
        }
        int chunks = (int) ((usedBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
        byte[] hashes = new byte[chunks * DIGEST_BYTES];
        runner.run((chunks + CHUNKS_PER_TASK - 1) / CHUNKS_PER_TASK,
            task -> hashChunks(pages, usedBytes, task * CHUNKS_PER_TASK, hashes));
        PageRoot root = new PageRoot(usedBytes);
        for (int i = 0; i < chunks; i++) {
            root.part(hashes, i * DIGEST_BYTES);
        }
        root.finish(target);
    }

    private static void hashChunks(Pages pages, long usedBytes, int first, byte[] hashes) {
        Parts parts = new Parts();
        byte[] chunk = new byte[CHUNK_BYTES];
        long end = Math.min(usedBytes, (long) (first + CHUNKS_PER_TASK) * CHUNK_BYTES);
        int hashAt = first * DIGEST_BYTES;
        for (long at = (long) first * CHUNK_BYTES; at < end; at += CHUNK_BYTES) {
            int length = (int) Math.min(CHUNK_BYTES, end - at);
            pages.getBytes(at, chunk, 0, length);
            parts.hash(chunk, length, hashes, hashAt);
            hashAt += DIGEST_BYTES;
        }
    }

    private static void finish(MessageDigest digest, byte[] target, int offset) {
        try {
            digest.digest(target, offset, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalArgumentException("a root needs 32 bytes of room", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
