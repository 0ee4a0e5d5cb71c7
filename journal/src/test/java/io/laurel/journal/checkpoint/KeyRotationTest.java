package io.laurel.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is believed from when on, as checkpoints follow one another. */
final class KeyRotationTest {
    private static final String NAME = "example.com/log";
    private static final String HASH = Checkpoint.text(new byte[Merkle.HASH_BYTES]);

    @TempDir
    private Path directory;
    private final SigningKey old = SigningKey.generate(NAME);

    private static Checkpoint at(long sequence) {
        return new Checkpoint(NAME, new TreeHead(1, HASH), sequence, 5, HASH, HASH,
            new TreeHead(0, Checkpoint.text(Merkle.emptyRoot())),
            new StateRoot(1, 2, HASH, HASH), "");
    }

    private static StoredCheckpoint stored(Checkpoint checkpoint, SigningKey... keys) {
        return StoredCheckpoint.of(Path.of("a"),
            SignedNote.sign(checkpoint.toText(), keys).toBytes());
    }

    private KeyRing trustingOld() {
        return new KeyRing(List.of(old.verifier()));
    }

    @Test
    void shouldReadWhatItWrites() {
        Checkpoint checkpoint = at(7).withNextKey(old.verifier());
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.toText()));
        for (String wrong : List.of("x", checkpoint.toText() + "x\n",
            checkpoint.toText().replace("sequence 7", "sequence 07"),
            checkpoint.toText().replace("facts 0", "facts -1"),
            checkpoint.toText().replace("state 1", "state 8"),
            checkpoint.toText().replace("time 5\n", ""))) {
            assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(wrong), wrong);
        }
    }

    @Test
    void shouldFollowFromAKeyToTheOneThatBothHaveSigned() throws IOException {
        Path file = directory.resolve("key");
        old.write(file);
        CheckpointFiles.write(directory, SignedNote.sign(at(7).toText(), old));
        VerifierKey next = KeyRotation.rotate(file, directory);
        SigningKey now = SigningKey.read(file);
        assertEquals(next, now.verifier());
        assertNotEquals(old.verifier(), next);

        KeyRing ring = trustingOld();
        List<StoredCheckpoint> all = CheckpointFiles.list(directory);
        assertEquals(2, all.size());
        assertEquals("", ring.judge(all.get(0)));
        assertEquals("", ring.judge(all.get(1)));
        assertEquals(next.toString(), all.get(1).checkpoint().nextKey());
        assertEquals("", ring.judge(stored(at(8), now)));
        assertTrue(ring.judge(stored(at(9), old)).contains("replaced at sequence 7"));
        // another one needs a checkpoint between
        assertThrows(IOException.class, () -> KeyRotation.rotate(file, directory));
        CheckpointFiles.write(directory, SignedNote.sign(at(8).toText(), now));
        assertNotEquals(next, KeyRotation.rotate(file, directory));
    }

    @Test
    void shouldBringARotationToItsEndWhenItWasCutShort() throws IOException {
        Path file = directory.resolve("key");
        old.write(file);
        SigningKey next = SigningKey.generate(NAME);
        CheckpointFiles.write(directory,
            SignedNote.sign(at(7).withNextKey(next.verifier()).toText(), old, next));
        assertThrows(IOException.class, () -> KeyRotation.rotate(file, directory));
        next.write(directory.resolve("key.next"));
        assertEquals(next.verifier(), KeyRotation.rotate(file, directory));
        assertEquals(next.verifier(), SigningKey.read(file).verifier());
        assertFalse(Files.exists(directory.resolve("key.next")));
    }

    @Test
    void shouldNotRotateWhatTheKeyHasNotSigned() throws IOException {
        Path file = directory.resolve("key");
        old.write(file);
        assertThrows(IOException.class, () -> KeyRotation.rotate(file, directory));
        CheckpointFiles.write(directory,
            SignedNote.sign(at(7).toText(), SigningKey.generate(NAME)));
        assertThrows(JournalCorruptException.class, () -> KeyRotation.rotate(file, directory));
        assertEquals(old.verifier(), SigningKey.read(file).verifier());
    }

    @Test
    void shouldNotBelieveANextKeyThatTheOldOneOrItselfHasNotSigned() {
        SigningKey next = SigningKey.generate(NAME);
        Checkpoint rotation = at(7).withNextKey(next.verifier());
        assertFalse(trustingOld().judge(stored(rotation, next)).isEmpty());
        assertFalse(trustingOld().judge(stored(rotation, old)).isEmpty());
        assertFalse(trustingOld().judge(stored(at(8), next)).isEmpty());
        SigningKey stranger = SigningKey.generate("example.com/other");
        assertFalse(new KeyRing(List.of(stranger.verifier())).judge(stored(at(7), stranger))
            .isEmpty(), "a key signs for the log of its name");
    }
}
