package io.laurel.journal.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A text and who has signed it, as C2SP's signed-note has it: the text, an empty line, and for each
 * signature a line of an em dash, the key's name and the base64 of its id and the signature.
 *
 * @param text with its last newline
 * @param signatures at least one where the note was read
 */
public record SignedNote(String text, List<Signed> signatures) {
    private static final String DASH = "\u2014 ";
    private static final int MAX_BYTES = 64 << 10;
    private static final int SIGNATURE_BYTES = 64;

    /** What a key says of a note. */
    enum Verdict {
        /** It has not signed. */
        ABSENT,
        /** It has. */
        VALID,
        /** A signature names it, and is not its own. */
        INVALID
    }

    /**
     * One signature, not yet believed.
     *
     * @param name of the key
     * @param keyId of the key
     * @param bytes of the signature
     */
    public record Signed(String name, int keyId, byte[] bytes) {
        private String line() {
            byte[] raw = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes)
                .array();
            return DASH + name + " " + Base64.getEncoder().encodeToString(raw) + "\n";
        }
    }

    /** Copies the list. */
    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** Signs a text that ends in a newline. */
    public static SignedNote sign(String text, SigningKey... keys) {
        List<Signed> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(new Signed(key.verifier().name(), key.verifier().id(),
                key.signature(text)));
        }
        return new SignedNote(text, signatures);
    }

    /**
     * Reads a note; says nothing about its signatures.
     *
     * @throws IllegalArgumentException where it has not the form of one
     */
    public static SignedNote parse(byte[] bytes) {
        String note = decode(bytes);
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note is a text, an empty line and signatures");
        }
        List<Signed> signatures = new ArrayList<>();
        note.substring(split + 2).lines().forEach(line -> signatures.add(signed(line)));
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a note without a signature");
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    private static String decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a note of more than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note is UTF-8", e);
        }
    }

    private static Signed signed(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1)
            : new String[0];
        byte[] raw = parts.length == 2 ? Base64.getDecoder().decode(parts[1]) : new byte[0];
        if (raw.length <= Integer.BYTES || !VerifierKey.isName(parts[0])) {
            throw new IllegalArgumentException("a line that is no signature");
        }
        ByteBuffer buffer = ByteBuffer.wrap(raw);
        int id = buffer.getInt();
        byte[] signature = new byte[buffer.remaining()];
        buffer.get(signature);
        return new Signed(parts[0], id, signature);
    }

    /** Returns what a key says. */
    Verdict verdict(VerifierKey key) {
        Verdict verdict = Verdict.ABSENT;
        for (Signed signed : signatures) {
            if (signed.name.equals(key.name()) && signed.keyId == key.id()) {
                if (signed.bytes.length != SIGNATURE_BYTES
                    || !key.verifies(text, signed.bytes)) {
                    return Verdict.INVALID;
                }
                verdict = Verdict.VALID;
            }
        }
        return verdict;
    }

    /** Returns the note as it is written to a file. */
    public byte[] toBytes() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signed -> note.append(signed.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }
}
