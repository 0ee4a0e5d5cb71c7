package io.laurel.journal.checkpoint;

import io.laurel.journal.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.List;

/**
 * A private key with its public one. Its file holds two lines: {@code PRIVATE+KEY+name+id+key} as
 * Go's notes have it, and the public key. It is never shown.
 */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final String PROBE = "a key must verify what it signs\n";
    private static final int PARTS = 3;

    private final byte[] seed;
    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(byte[] seed, VerifierKey verifier) {
        this.seed = seed.clone();
        this.verifier = verifier;
        try {
            key = KeyFactory.getInstance(VerifierKey.ALGORITHM).generatePrivate(
                new EdECPrivateKeySpec(NamedParameterSpec.ED25519, this.seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no private key of Ed25519", e);
        }
    }

    /** Makes a new key. */
    public static SigningKey generate(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(VerifierKey.ALGORITHM).generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new SigningKey(seed, new VerifierKey(name,
                VerifierKey.encode((EdECPublicKey) pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    /**
     * Reads the two lines.
     *
     * @throws IllegalArgumentException where they are not what they must be; says nothing of the
     *     content
     */
    public static SigningKey parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 2 || !lines.get(0).startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                "a file of a private key holds the private and the public one, a line each");
        }
        VerifierKey verifier = VerifierKey.parse(lines.get(1));
        String[] parts = lines.get(0).substring(PREFIX.length()).split("\\+", PARTS);
        byte[] typed = parts.length == PARTS ? decode(parts[2]) : new byte[0];
        if (typed.length != VerifierKey.KEY_BYTES + 1 || typed[0] != VerifierKey.TYPE
            || !parts[0].equals(verifier.name()) || !parts[1].equals(verifier.idHex())) {
            throw new IllegalArgumentException("the private key does not read name+id+key");
        }
        byte[] seed = new byte[VerifierKey.KEY_BYTES];
        System.arraycopy(typed, 1, seed, 0, seed.length);
        SigningKey signing = new SigningKey(seed, verifier);
        if (!verifier.verifies(PROBE, signing.signature(PROBE))) {
            throw new IllegalArgumentException("private and public key do not belong together");
        }
        return signing;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // its message would show a part of the key
            return new byte[0];
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it cannot be read or is no private key
     */
    public static SigningKey read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Writes a file that only its owner may read; replaces what is there, durable. */
    public void write(Path file) throws IOException {
        DurableFiles.replacePrivate(file, (PREFIX + verifier.name() + "+" + verifier.idHex() + "+"
            + typed(seed) + "\n" + verifier + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the signature over a text, 64 bytes; the same for the same text. */
    byte[] signature(String text) {
        try {
            Signature signer = Signature.getInstance(VerifierKey.ALGORITHM);
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** Returns the public key. */
    public VerifierKey verifier() {
        return verifier;
    }

    static String typed(byte[] raw) {
        byte[] typed = new byte[raw.length + 1];
        typed[0] = VerifierKey.TYPE;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return Base64.getEncoder().encodeToString(typed);
    }

    /** Names the public key only. */
    @Override
    public String toString() {
        return "private key of " + verifier;
    }
}
