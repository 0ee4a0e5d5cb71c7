package io.laurel.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laurel.journal.checkpoint.SignedNote.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the keys and notes that C2SP and Go's sumdb publish. */
final class SignedNoteTest {
    private static final String GO_KEY =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_SIGNER =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String GO_TEXT =
        "If you think cryptography is the answer to your problem,\n"
        + "then you don't know what your problem is.\n";
    private static final String GO_NOTE = GO_TEXT + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/Sffcv"
        + "IAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String C2SP_KEY =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String C2SP_NOTE = "This is an example message.\n\n\u2014 example.com/foo "
        + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72In"
        + "eyaQM=\n";

    private static SignedNote note(String text) {
        return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldBelieveTheNotesOfTheReferences() {
        assertEquals(Verdict.VALID, note(GO_NOTE).verdict(VerifierKey.parse(GO_KEY)));
        assertEquals(Verdict.VALID, note(C2SP_NOTE).verdict(VerifierKey.parse(C2SP_KEY)));
        assertEquals(Verdict.ABSENT, note(C2SP_NOTE).verdict(VerifierKey.parse(GO_KEY)));
        assertEquals(Verdict.INVALID,
            note(GO_NOTE.replace("answer", "Answer")).verdict(VerifierKey.parse(GO_KEY)));
        assertEquals(C2SP_KEY, VerifierKey.parse(C2SP_KEY).toString());
    }

    @Test
    void shouldWriteTheNoteOfTheReference() {
        SigningKey key = SigningKey.parse(GO_SIGNER + "\n" + GO_KEY + "\n");
        assertEquals(GO_NOTE,
            new String(SignedNote.sign(GO_TEXT, key).toBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldKeepAGeneratedKeyToItsOwner(@TempDir Path directory) throws IOException {
        SigningKey key = SigningKey.generate("example.com/log");
        Path file = directory.resolve("log.key");
        key.write(file);
        assertEquals("rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        SigningKey read = SigningKey.read(file);
        assertEquals(key.verifier(), read.verifier());
        assertArrayEquals(key.signature("a\n"), read.signature("a\n"));
        assertEquals(key.verifier(), VerifierKey.parse(key.verifier().toString()));
    }

    @Test
    void shouldRefuseWhatIsNoNoteOrNoKey() {
        assertThrows(IllegalArgumentException.class, () -> note(GO_TEXT));
        assertThrows(IllegalArgumentException.class, () -> note(GO_TEXT + "\n"));
        assertThrows(IllegalArgumentException.class, () -> note(GO_NOTE + "x"));
        assertThrows(IllegalArgumentException.class, () -> note(GO_NOTE.replace("you", "\t")));
        assertThrows(IllegalArgumentException.class, () -> note(GO_NOTE.replace("\u2014", "-")));
        assertThrows(IllegalArgumentException.class, () -> SignedNote.parse(new byte[] {
            'a', (byte) 0xFF, '\n', '\n'}));
        assertThrows(IllegalArgumentException.class,
            () -> VerifierKey.parse(GO_KEY.replace("c74f", "c74e")));
        assertThrows(IllegalArgumentException.class, () -> VerifierKey.parse("name+00000000+AA=="));
        assertThrows(IllegalArgumentException.class,
            () -> SigningKey.parse(GO_SIGNER + "\n" + C2SP_KEY + "\n"));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.generate("two words"));
    }
}
