package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.LogTrees;
import io.laurel.journal.checkpoint.SignedNote;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a log whose older segments were pruned. */
final class PrunedCheckpointsTest {
    private static final int BODY = 20;
    private static final int COUNT = 130;
    private static final int BLOCKS = 600;
    private static final long LAST = (long) BLOCKS * COUNT;
    private static final long EARLY = LAST / 10 / COUNT * COUNT;

    @TempDir
    private Path root;
    private final SigningKey key = SigningKey.generate("example.com/laurel");
    private final TestBlocks blocks = new TestBlocks(1 << 20);
    private final TreeMap<Path, byte[]> pruned = new TreeMap<>();
    private Path directory;
    private Path stateFile;
    private byte[] earlyState;
    private Checkpoint whole;

    @BeforeEach
    void write() throws IOException {
        directory = Files.createDirectories(root.resolve("journal"));
        stateFile = root.resolve("trees");
        try (ChronicleJournal journal = open(0)) {
            for (int i = 0; i < BLOCKS; i++) {
                blocks.append(journal, COUNT, BODY, 0);
            }
            journal.force();
        }
        sign(EARLY);
        earlyState = Files.readAllBytes(stateFile);
        whole = sign(LAST);
        for (Path file : Segments.list(directory).values()) {
            pruned.put(file, Files.readAllBytes(file));
        }
        try (ChronicleJournal journal = open(LAST - 1)) {
            assertTrue(journal.prune(LAST - 1_000, 7) > 0);
        }
        assertTrue(JournalFiles.prunedStart(directory).sequence() > EARLY);
    }

    private ChronicleJournal open(long snapshot) throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, 1 << 20, 0),
            new JournalRecovery(directory).run(snapshot + 1, snapshot, (b, o, l) -> true));
    }

    private StoredCheckpoints check() throws IOException {
        return StoredCheckpoints.check(root.resolve("signed"), stateFile, directory,
            key.verifier());
    }

    private Checkpoint sign(long sequence) throws IOException {
        try (LogTrees trees = new LogTrees(check())) {
            while (trees.advance(sequence, BLOCKS)) {
                assertTrue(trees.sequence() <= sequence);
            }
            trees.save();
            Files.createDirectories(root.resolve("signed"));
            Checkpoint checkpoint = trees.checkpoint(key.verifier().name(), null);
            CheckpointFiles.write(root.resolve("signed"),
                SignedNote.sign(checkpoint.toText(), key));
            return checkpoint;
        }
    }

    private void assertNothingIsSigned() throws IOException {
        IOException told = assertThrows(IOException.class, () -> sign(LAST));
        assertEquals(IOException.class, told.getClass(), told::toString);
        assertTrue(told.getMessage().startsWith("nothing can be signed: " + stateFile
            + " is missing or too old, and the journal begins with sequence "
            + (JournalFiles.prunedStart(directory).sequence() + 1)), told.getMessage());
    }

    @Test
    void shouldGoOnFromTheStateOfTheTrees() throws IOException {
        try (ChronicleJournal journal = open(LAST - 1)) {
            blocks.append(journal, COUNT, BODY, 0);
            journal.force();
        }
        Checkpoint next = sign(LAST + COUNT);
        assertEquals(LAST + COUNT, next.sequence());
        assertEquals(BLOCKS + 1, next.blocks().size());
    }

    @Test
    void shouldSayWhatIsMissingWhenTheStateIsLost() throws IOException {
        Files.delete(stateFile);
        assertEquals(LAST, check().newest().sequence(), "the start itself is not refused");
        assertNothingIsSigned();
        for (Path file : pruned.keySet()) {
            Files.write(file, pruned.get(file));
        }
        assertEquals(whole, sign(LAST));
    }

    @Test
    void shouldSayWhatIsMissingWhenStateAndCheckpointAreOlderThanTheLog() throws IOException {
        Files.write(stateFile, earlyState);
        assertNothingIsSigned();
        Path newest = CheckpointFiles.list(root.resolve("signed")).get(1).file();
        Files.delete(newest);
        assertEquals(EARLY, check().newest().sequence());
        assertNothingIsSigned();
    }

    @Test
    void shouldRefuseAnotherLogBehindWhatWasPruned() throws IOException {
        EpochsFile known = EpochsFile.read(directory);
        LogStart start = known.start();
        String signed = "00".repeat(32);
        known.from(new LogStart(start.segment(), start.sequence(), signed, start.identity()))
            .write(directory);
        Files.write(stateFile, earlyState);
        assertThrows(JournalCorruptException.class, this::check);
    }
}
