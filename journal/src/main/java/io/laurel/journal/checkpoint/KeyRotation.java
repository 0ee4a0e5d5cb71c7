package io.laurel.journal.checkpoint;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Puts a new key in the place of an old one: a checkpoint that says again what the newest one said,
 * names the new key and is signed by both; then the key file is replaced, and the old key is gone.
 * Whoever trusted the old key finds the new one there. No node may run meanwhile.
 */
public final class KeyRotation {
    private KeyRotation() {
    }

    /**
     * Rotates; where an earlier attempt was cut short, it is brought to its end.
     *
     * @param keyFile private key; replaced
     * @param checkpoints directory of the stored checkpoints
     * @return the new public key
     * @throws JournalCorruptException where the newest checkpoint is not one of the old key
     * @throws IOException where a file cannot be read or written, or nothing was signed yet
     */
    public static VerifierKey rotate(Path keyFile, Path checkpoints) throws IOException {
        SigningKey old = SigningKey.read(keyFile);
        List<StoredCheckpoint> all = CheckpointFiles.list(checkpoints);
        if (all.isEmpty()) {
            throw new IOException("no checkpoint in " + checkpoints
                + ": nothing binds the log to the key yet, a new one can simply be generated");
        }
        StoredCheckpoint newest = all.get(all.size() - 1);
        if (!newest.isReadable() || newest.note().verdict(old.verifier())
            != SignedNote.Verdict.VALID) {
            throw new JournalCorruptException("the newest checkpoint is not signed by this key",
                newest.name(), 0, 0);
        }
        Path nextFile = keyFile.resolveSibling(keyFile.getFileName() + ".next");
        String named = newest.checkpoint().nextKey();
        if (!named.isEmpty() && !named.equals(old.verifier().toString())) {
            finish(nextFile, keyFile, named, newest);
            return VerifierKey.parse(named);
        }
        if (!named.isEmpty()) {
            throw new IOException("the newest checkpoint " + newest.name()
                + " has brought this key: a node has to sign with it before it is replaced");
        }
        SigningKey next = SigningKey.generate(old.verifier().name());
        next.write(nextFile);
        CheckpointFiles.write(checkpoints, SignedNote.sign(
            newest.checkpoint().withNextKey(next.verifier()).toText(), old, next));
        replace(nextFile, keyFile);
        return next.verifier();
    }

    private static void finish(Path nextFile, Path keyFile, String named, StoredCheckpoint newest)
        throws IOException {
        if (!Files.exists(nextFile)
            || !SigningKey.read(nextFile).verifier().toString().equals(named)) {
            throw new IOException("the newest checkpoint " + newest.name() + " names the next key "
                + named + ", which is not in " + nextFile);
        }
        replace(nextFile, keyFile);
    }

    private static void replace(Path nextFile, Path keyFile) throws IOException {
        Files.move(nextFile, keyFile, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceDirectory(keyFile.toAbsolutePath().getParent());
    }
}
