package io.laurel.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A snapshot as bytes, to be tampered with: knows where its parts lie, and can seal it anew. */
public final class SnapshotBytes {
    /** Where the header has the log time. */
    public static final int TIME_AT = 32;
    /** Where the header names the snapshot before. */
    public static final int PREVIOUS_AT = 80;

    private static final int LAYOUT_AT = 12;
    private static final int CHUNKS_AT = 68;
    private static final int CRC_AT = 124;
    private static final int HEADER_BYTES = 128;
    private static final int HASH_BYTES = 32;
    private static final byte[] MAGIC = "LARLMAN\0".getBytes(StandardCharsets.US_ASCII);

    /** One contest in the manifest; its version and two hashes end it. */
    public record Contest(String id, int start, int end) {
    }

    private final Path file;
    private byte[] bytes;

    private SnapshotBytes(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** Reads the snapshot of a sequence. */
    public static SnapshotBytes of(Path data, long sequence) throws IOException {
        final Path file = file(data, sequence);
        return new SnapshotBytes(file, Files.readAllBytes(file));
    }

    /** Returns where the snapshot of a sequence lies. */
    public static Path file(Path data, long sequence) {
        return data.resolve("snapshots").resolve(String.format("%020d.snap", sequence));
    }

    /** Returns how long it is. */
    public int length() {
        return bytes.length;
    }

    /** Changes one bit. */
    public SnapshotBytes flip(int at, int bit) {
        bytes[at] ^= (byte) (1 << bit);
        return this;
    }

    /** Makes it one of another layout of the state. */
    public SnapshotBytes layout(int version) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(LAYOUT_AT, version);
        return this;
    }

    /** Makes it longer, with zeros, or shorter. */
    public SnapshotBytes resize(int length) {
        bytes = Arrays.copyOf(bytes, length);
        return this;
    }

    private int manifestAt() {
        int at = bytes.length - HASH_BYTES - MAGIC.length;
        while (!Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
            at--;
        }
        return at;
    }

    private int countAt() {
        final int chunks =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(CHUNKS_AT);
        return manifestAt() + MAGIC.length + (chunks + 1) * HASH_BYTES;
    }

    /** Returns the contests in the manifest. */
    public List<Contest> contests() {
        final ByteBuffer from = ByteBuffer.wrap(bytes).position(countAt());
        final List<Contest> contests = new ArrayList<>();
        for (int left = from.getInt(); left > 0; left--) {
            final int start = from.position();
            final byte[] id = new byte[from.getShort()];
            from.get(id);
            from.position(from.position() + Integer.BYTES + 2 * HASH_BYTES);
            contests.add(new Contest(new String(id, StandardCharsets.UTF_8), start,
                from.position()));
        }
        return contests;
    }

    /** Takes a contest out of the manifest. */
    public SnapshotBytes drop(Contest contest) {
        final ByteBuffer count = ByteBuffer.wrap(bytes);
        count.putInt(countAt(), count.getInt(countAt()) - 1);
        final byte[] rest = Arrays.copyOfRange(bytes, contest.end(), bytes.length);
        bytes = Arrays.copyOf(bytes, contest.start() + rest.length);
        System.arraycopy(rest, 0, bytes, contest.start(), rest.length);
        return this;
    }

    /** Makes checksum of the header and hash of the manifest right again. */
    public SnapshotBytes seal() {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(CRC_AT, (int) crc.getValue());
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, 0, HEADER_BYTES);
            final int manifest = manifestAt();
            sha.update(bytes, manifest, bytes.length - HASH_BYTES - manifest);
            System.arraycopy(sha.digest(), 0, bytes, bytes.length - HASH_BYTES, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        return this;
    }

    /** Writes it where it was. */
    public Path write() throws IOException {
        return Files.write(file, bytes);
    }
}
