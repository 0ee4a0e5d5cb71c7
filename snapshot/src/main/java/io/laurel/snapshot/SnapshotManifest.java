package io.laurel.snapshot;

import io.laurel.engine.Engine;
import io.laurel.engine.query.ContestInfo;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The last bytes of a snapshot; layout as the package says.
 *
 * @param chunkHashes SHA-256 of each chunk, one behind the other
 * @param root the state root
 * @param contests in the engine's order
 */
record SnapshotManifest(byte[] chunkHashes, byte[] root, List<ContestMark> contests) {
    /** The bytes LARLMAN. */
    private static final byte[] MAGIC = "LARLMAN\0".getBytes(StandardCharsets.US_ASCII);
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Reads what a state says of its contests.
     *
     * @param breath runs now and then meanwhile
     */
    static List<ContestMark> marks(Engine engine, Runnable breath) {
        final List<ContestMark> marks = new ArrayList<>();
        for (final ContestInfo contest : engine.reads().contests()) {
            // a recurring contest has no board of its own, only its instances have
            if (contest.definition().schedule() == null) {
                marks.add(new ContestMark(contest.id(), contest.version(), contest.rulesHash(),
                    HEX.formatHex(engine.contestDigest(contest.id(), breath))));
            }
        }
        return marks;
    }

    /** Returns all of it with its hash at the end. */
    byte[] encode(byte[] header) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.write(chunkHashes);
            out.write(root);
            write(contests, out);
        }
        final MessageDigest sha = sha256();
        sha.update(header);
        sha.update(bytes.toByteArray());
        bytes.writeBytes(sha.digest());
        return bytes.toByteArray();
    }

    private static void write(List<ContestMark> contests, DataOutputStream out)
        throws IOException {
        out.writeInt(contests.size());
        for (final ContestMark contest : contests) {
            out.writeUTF(contest.id());
            out.writeInt(contest.version());
            out.write(HEX.parseHex(contest.rulesHash()));
            out.write(HEX.parseHex(contest.digest()));
        }
    }

    /** Returns the SHA-256 over what a manifest says of its contests. */
    static byte[] digestOf(List<ContestMark> contests) {
        final MessageDigest sha = sha256();
        try (DataOutputStream out = new DataOutputStream(
            new DigestOutputStream(OutputStream.nullOutputStream(), sha))) {
            write(contests, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha.digest();
    }

    /** Returns the hash by which the next snapshot names this one. */
    static byte[] hashOf(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - SnapshotHeader.HASH_BYTES,
            encoded.length);
    }

    /**
     * Reads the rest of a file and checks it against what its chunks have come to.
     *
     * @throws SnapshotInvalidException where it is not what was written
     */
    static SnapshotManifest read(InputStream from, byte[] header, byte[] chunkHashes,
        byte[] root) throws IOException {
        final DataInputStream in = new DataInputStream(from);
        expect(in, MAGIC, "the manifest is damaged");
        expect(in, chunkHashes, "the hashes of the chunks are others");
        expect(in, root, "the state root is another");
        final List<ContestMark> contests = new ArrayList<>();
        final byte[] found = new byte[SnapshotHeader.HASH_BYTES];
        try {
            final int count = in.readInt();
            if (count < 0) {
                throw new SnapshotInvalidException("the manifest is damaged");
            }
            for (int left = count; left > 0; left--) {
                final String id = in.readUTF();
                final int version = in.readInt();
                contests.add(new ContestMark(id, version, hash(in), hash(in)));
            }
            in.readFully(found);
        } catch (EOFException e) {
            throw SnapshotFileSource.truncated();
        } catch (UTFDataFormatException e) {
            throw new SnapshotInvalidException("the manifest is damaged");
        }
        final SnapshotManifest manifest = new SnapshotManifest(chunkHashes, root, contests);
        if (!Arrays.equals(found, hashOf(manifest.encode(header)))) {
            throw new SnapshotInvalidException("the hash of the manifest is another");
        }
        return manifest;
    }

    private static String hash(DataInputStream in) throws IOException {
        final byte[] hash = new byte[SnapshotHeader.HASH_BYTES];
        in.readFully(hash);
        return HEX.formatHex(hash);
    }

    private static void expect(InputStream in, byte[] expected, String otherwise)
        throws IOException {
        final byte[] found = in.readNBytes(expected.length);
        if (found.length < expected.length) {
            throw SnapshotFileSource.truncated();
        }
        if (!Arrays.equals(expected, found)) {
            throw new SnapshotInvalidException(otherwise);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
