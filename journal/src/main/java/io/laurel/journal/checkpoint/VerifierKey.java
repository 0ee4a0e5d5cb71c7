package io.laurel.journal.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A public key with its name, as C2SP's signed-note writes it: {@code name+id+key}, where the id is
 * the beginning of SHA-256(name, newline, 1, key) in hex, and the key is the base64 of a byte 1 for
 * Ed25519 and the 32 bytes of RFC 8032. Any thread.
 */
public final class VerifierKey {
    static final String ALGORITHM = "Ed25519";
    static final byte TYPE = 1;
    static final int KEY_BYTES = 32;
    private static final int PARTS = 3;
    private static final int SIGN_BIT = 0x80;

    private final String name;
    private final byte[] bytes;
    private final int id;
    private final PublicKey key;

    VerifierKey(String name, byte[] bytes) {
        if (!isName(name) || bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("'" + name + "' is no name of a key, or the key has"
                + " no " + KEY_BYTES + " bytes");
        }
        this.name = name;
        this.bytes = bytes.clone();
        id = id(name, this.bytes);
        key = decode(this.bytes);
    }

    /** Returns whether a key, and so a log, may have this name. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.codePoints().noneMatch(point -> point == '+'
            || Character.isWhitespace(point) || Character.isSpaceChar(point)
            || Character.isISOControl(point));
    }

    private static int id(String name, byte[] bytes) {
        MessageDigest sha = Merkle.sha256();
        sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        sha.update(TYPE);
        return ByteBuffer.wrap(sha.digest(bytes)).getInt();
    }

    private static PublicKey decode(byte[] littleEndian) {
        byte[] bigEndian = reversed(littleEndian);
        boolean odd = (bigEndian[0] & SIGN_BIT) != 0;
        bigEndian[0] &= ~SIGN_BIT;
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no point of Ed25519", e);
        }
    }

    /** Returns the 32 bytes of RFC 8032. */
    static byte[] encode(EdECPublicKey key) {
        byte[] y = key.getPoint().getY().toByteArray();
        byte[] bigEndian = new byte[KEY_BYTES];
        int length = Math.min(KEY_BYTES, y.length);
        System.arraycopy(y, y.length - length, bigEndian, KEY_BYTES - length, length);
        if (key.getPoint().isXOdd()) {
            bigEndian[0] |= (byte) SIGN_BIT;
        }
        return reversed(bigEndian);
    }

    private static byte[] reversed(byte[] from) {
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i] = from[from.length - 1 - i];
        }
        return to;
    }

    /**
     * Reads {@code name+id+key}.
     *
     * @throws IllegalArgumentException where it is none, or not one of Ed25519
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a public key reads name+id+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != KEY_BYTES + 1 || typed[0] != TYPE) {
            throw new IllegalArgumentException("the key is not one of Ed25519");
        }
        byte[] raw = new byte[KEY_BYTES];
        System.arraycopy(typed, 1, raw, 0, raw.length);
        VerifierKey key = new VerifierKey(parts[0], raw);
        if (!key.idHex().equals(parts[1].toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the id does not belong to name and key");
        }
        return key;
    }

    /**
     * Reads a file of public keys: one a line; empty lines and those with {@code #} are passed.
     *
     * @throws IOException where it cannot be read or holds no key
     */
    public static List<VerifierKey> read(Path file) throws IOException {
        List<VerifierKey> keys = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    keys.add(parse(line.strip()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no file of public keys: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no public key");
        }
        return keys;
    }

    /** Returns whether this key has made a signature of 64 bytes over a text. */
    boolean verifies(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // what cannot be read as a signature is none
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** Returns the name; that of the log it signs for. */
    public String name() {
        return name;
    }

    /** Returns the id. */
    public int id() {
        return id;
    }

    /** Returns the id as 8 hex digits. */
    public String idHex() {
        return String.format("%08x", id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return id;
    }

    /** Returns {@code name+id+key}. */
    @Override
    public String toString() {
        return name + "+" + idHex() + "+" + SigningKey.typed(bytes);
    }
}
