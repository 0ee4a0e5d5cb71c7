package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.LogTrees;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoint;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import io.laurel.journal.checkpoint.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start takes and refuses, and that the trees come back whatever is left of their state. */
final class StoredCheckpointsTest {
    private static final String NAME = "example.com/laurel";
    private static final int BLOCKS = 30;

    @TempDir
    private Path root;
    private final SigningKey key = SigningKey.generate(NAME);
    private SignedJournal journal;

    @BeforeEach
    void write() throws IOException {
        journal = SignedJournal.write(root, key, 3, BLOCKS);
        assertTrue(journal.signed().size() > 2, "checkpoints are needed");
        assertTrue(journal.facts().size() > 1, "facts are needed");
    }

    private StoredCheckpoints check(VerifierKey by) throws IOException {
        return StoredCheckpoints.check(journal.checkpoints(), journal.stateFile(),
            journal.journal(), by);
    }

    private void assertRefused(String what, VerifierKey by) {
        JournalCorruptException refused =
            assertThrows(JournalCorruptException.class, () -> check(by));
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
    }

    private Checkpoint atTheEnd() throws IOException {
        try (LogTrees trees = new LogTrees(check(key.verifier()))) {
            while (trees.advance(journal.lastSequence(), 5)) {
                assertTrue(trees.sequence() <= journal.lastSequence());
            }
            if (trees.facts() == 0) {
                assertEquals("", trees.settled());
                assertTrue(!trees.isReady(), "the stored one has more facts");
                trees.addFacts(journal.facts(), true);
            }
            assertTrue(trees.isReady());
            return trees.checkpoint(NAME, null);
        }
    }

    @Test
    void shouldComeToTheSameTreesWhenTheirStateIsLostOrDamaged() throws IOException {
        Checkpoint whole = atTheEnd();
        assertEquals(journal.lastSequence(), whole.sequence());
        byte[] state = Files.readAllBytes(journal.stateFile());
        state[state.length / 2] ^= 1;
        Files.write(journal.stateFile(), state);
        assertEquals(whole, atTheEnd());
        Files.delete(journal.stateFile());
        assertEquals(whole, atTheEnd());
    }

    @Test
    void shouldTakeWhatIsDurableOnly() throws IOException {
        Files.delete(journal.stateFile());
        long durable = journal.sequenceBehind(7) + 1;
        try (LogTrees trees = new LogTrees(check(key.verifier()))) {
            while (trees.advance(durable, 2)) {
                assertTrue(trees.sequence() <= durable);
            }
            assertTrue(trees.sequence() <= durable);
            assertTrue(trees.blocks() >= 7, "whole blocks");
        }
    }

    @Test
    void shouldBeginAnewWhenNothingWasSigned() throws IOException {
        SignedJournal.clear(journal.checkpoints());
        Files.delete(journal.stateFile());
        assertNull(check(key.verifier()).newest());
    }

    @Test
    void shouldRefuseAnotherKeyAndADamagedCheckpoint() throws IOException {
        assertRefused("not signed by the configured key", SigningKey.generate(NAME).verifier());
        assertEquals(newest(), check(null).newest().sequence());
        Path file = CheckpointFiles.list(journal.checkpoints()).get(0).file();
        Files.writeString(file, "nothing\n");
        assertRefused("checkpoint is damaged", key.verifier());
        assertRefused("checkpoint is damaged", null);
    }

    private long newest() {
        return journal.signed().get(journal.signed().size() - 1);
    }

    @Test
    void shouldRefuseAJournalThatWasRolledBackOrWrittenAnew() throws IOException {
        List<byte[]> others = new ArrayList<>(journal.blocks());
        byte[] changed = others.get(1).clone();
        changed[32] ^= 1;
        others.set(1, changed);
        journal.replaceBy(others);
        assertRefused("the journal contradicts a signed checkpoint", key.verifier());
        assertRefused("the journal contradicts a signed checkpoint", null);
        journal.replaceBy(journal.blocks().subList(0, 2));
        assertRefused("the journal was rolled back", null);
        journal.replaceBy(journal.blocks());
        assertEquals(newest(), check(key.verifier()).newest().sequence());
    }

    @Test
    void shouldStopWhenAnOlderPartIsNotWhatWasSigned() throws IOException {
        StoredCheckpoints checked = check(key.verifier());
        Files.delete(journal.stateFile());
        StoredCheckpoints anew = check(key.verifier());
        assertEquals(checked.newest(), anew.newest());
        List<byte[]> others = new ArrayList<>(journal.blocks());
        others.set(0, journal.randomBlock());
        journal.replaceBy(others);
        try (LogTrees trees = new LogTrees(anew)) {
            assertThrows(JournalCorruptException.class, () -> {
                while (trees.advance(journal.lastSequence(), 5)) {
                    assertTrue(trees.blocks() <= BLOCKS);
                }
            });
        }
    }

    @Test
    void shouldStopWhenTheResultsAreNotThoseThatWereSigned() throws IOException {
        Files.delete(journal.stateFile());
        StoredCheckpoint newest = CheckpointFiles.list(journal.checkpoints()).stream()
            .reduce((a, b) -> b).orElseThrow();
        int signed = (int) newest.checkpoint().facts().size();
        assertTrue(signed > 0);
        List<Fact> wrong =
            new ArrayList<>(journal.facts().subList(0, signed));
        wrong.set(0, journal.facts().get(signed > 1 ? 1 : 0));
        try (LogTrees trees = new LogTrees(check(key.verifier()))) {
            assertThrows(JournalCorruptException.class, () -> trees.addFacts(wrong, true));
        }
    }
}
