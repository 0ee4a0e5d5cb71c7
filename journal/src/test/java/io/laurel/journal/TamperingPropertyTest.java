package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.CheckpointReport;
import io.laurel.journal.checkpoint.CheckpointReport.Finding;
import io.laurel.journal.checkpoint.SignedNote;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoint;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journals and checkpoints that somebody has changed, judged with checkpoints kept outside and the
 * public key: everything is found, at the right place, and nothing else. {@code
 * -Dlaurel.long=true} runs 1,000 of each, {@code -Dlaurel.from=N -Dlaurel.runs=M} some of them.
 */
final class TamperingPropertyTest {
    private static final int FIRST = Integer.getInteger("laurel.from", 0);
    private static final int CASES = Integer.getInteger("laurel.runs",
        Boolean.getBoolean("laurel.long") ? 1_000 : 24);
    private static final long SEED = 311;
    private static final int BLOCKS = 24;
    private static final String NAME = "example.com/laurel";

    /** What is done. */
    private enum Kind {
        EDIT, DROP, SWAP, REPEAT, RECHAIN_EDIT, RECHAIN_DROP, RECHAIN_SWAP, RECHAIN_REPEAT,
        ROLL_BACK, CHECKPOINT_EDIT, CHECKPOINT_FOREIGN, RESIGN
    }

    @TempDir
    private Path scratch;
    private final SigningKey key = SigningKey.generate(NAME);
    private Random random;
    private SignedJournal journal;
    private String what;

    private void begin(int number) throws IOException {
        long seed = SEED + number;
        random = new Random(seed);
        what = "-Dlaurel.from=" + number + " -Dlaurel.runs=1";
        journal = SignedJournal.write(scratch.resolve("n" + number), key, seed,
            1 + random.nextInt(BLOCKS));
    }

    @Test
    void shouldFindNothingWhenNothingWasChanged() throws IOException {
        int covered = 0;
        for (int i = FIRST; i < FIRST + CASES; i++) {
            begin(i);
            CheckpointReport report = journal.verify();
            assertEquals(List.of(), report.findings(), what);
            assertEquals(journal.signed().size(), report.matching(), what);
            assertEquals(newest(), report.coveredSequence(), what);
            assertEquals(journal.lastSequence(), report.lastSequence(), what);
            assertEquals(newest() == journal.lastSequence(), report.uncoveredBlocks() == 0, what);
            assertEquals(journal.facts().size(), report.coveredFacts() + report.uncoveredFacts(),
                what);
            covered += report.matching();
        }
        assertTrue(covered > CASES || CASES < 10, "too few checkpoints to say anything");
    }

    private long newest() {
        return journal.signed().isEmpty() ? 0
            : journal.signed().get(journal.signed().size() - 1);
    }

    @Test
    void shouldFindEveryTamperingAtItsPlace() throws IOException {
        Kind[] kinds = Kind.values();
        for (int i = FIRST; i < FIRST + CASES; i++) {
            begin(i);
            Kind kind = kinds[i % kinds.length];
            what += " " + kind;
            switch (kind) {
                case EDIT, DROP, SWAP, REPEAT -> changeBytes(kind);
                case RECHAIN_EDIT, RECHAIN_DROP, RECHAIN_SWAP, RECHAIN_REPEAT -> rechain(kind);
                case ROLL_BACK -> rollBack();
                case CHECKPOINT_EDIT -> editCheckpoint();
                case CHECKPOINT_FOREIGN -> exchangeCheckpoint();
                default -> resign();
            }
        }
    }

    /** Bytes of the files are changed, and the chain does not hold any more. */
    private void changeBytes(Kind kind) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (BlockReader reader = BlockReader.openVerifying(journal.journal())) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                blocks.add(block);
            }
        }
        int at = random.nextInt(blocks.size());
        Block block = blocks.get(at);
        Block next = at + 1 < blocks.size() && blocks.get(at + 1).file().equals(block.file())
            ? blocks.get(at + 1) : null;
        Path file = Path.of(block.file());
        byte[] content = Files.readAllBytes(file);
        int start = (int) block.offset();
        int end = start + 4 + Envelope.HEADER_BYTES + journal.blocks().get(at).length;
        Block wrong = block;
        if (kind == Kind.EDIT || next == null) {
            content[start + random.nextInt(end - start)] ^= (byte) (1 << random.nextInt(8));
        } else {
            int nextEnd = (int) next.offset() + 4 + Envelope.HEADER_BYTES
                + journal.blocks().get(at + 1).length;
            byte[] one = Arrays.copyOfRange(content, start, end);
            byte[] two = Arrays.copyOfRange(content, (int) next.offset(), nextEnd);
            byte[] both = kind == Kind.DROP ? two : kind == Kind.SWAP ? join(two, one)
                : join(one, one);
            wrong = kind == Kind.REPEAT ? next : block;
            content = join(join(Arrays.copyOf(content, start), both),
                Arrays.copyOfRange(content, nextEnd, content.length));
        }
        Files.write(file, content);
        JournalCorruptException found = assertThrows(JournalCorruptException.class,
            () -> JournalFiles.scan(journal.journal()), what);
        what += " " + found;
        assertEquals(wrong.file(), found.file(), what);
        assertEquals(wrong.offset(), found.position(), what);
        assertEquals(wrong.firstSequence() - 1, found.sequence(), what);
        // what comes before is still vouched for, and what comes behind is not said to be
        CheckpointReport report = journal.verify();
        assertTrue(report.coveredSequence() < wrong.firstSequence(), what);
        assertEquals(List.of(), report.findings().stream()
            .filter(finding -> !finding.what().startsWith("the results")).toList(), what);
    }

    private static byte[] join(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }

    /** The log is written anew with a chain that holds. */
    private void rechain(Kind kind) throws IOException {
        List<byte[]> blocks = new ArrayList<>(journal.blocks());
        int at = random.nextInt(blocks.size());
        long tampered = journal.sequenceBehind(at) + 1;
        switch (kind) {
            case RECHAIN_DROP -> blocks.remove(at);
            case RECHAIN_REPEAT -> {
                blocks.add(at, blocks.get(at));
                tampered = journal.sequenceBehind(at + 1) + 1;
            }
            case RECHAIN_SWAP -> Collections.swap(blocks, at, (at + 1) % blocks.size());
            default -> {
                byte[] changed = blocks.get(at).clone();
                // a byte of the first record's body
                changed[32] ^= 1;
                blocks.set(at, changed);
            }
        }
        if (kind == Kind.RECHAIN_SWAP && at + 1 == blocks.size()) {
            tampered = 1;
        }
        journal.replaceBy(blocks);
        if (kind == Kind.RECHAIN_SWAP && blocks.size() == 1) {
            assertTrue(journal.verify().isClean(), what);
            return;
        }
        expectChanged(tampered);
    }

    /** One finding, between the checkpoints around the place; none where nobody vouches for it. */
    private void expectChanged(long tampered) throws IOException {
        CheckpointReport report = journal.verify();
        long before = journal.signed().stream().filter(one -> one < tampered)
            .reduce(0L, (a, b) -> b);
        long behind = journal.signed().stream().filter(one -> one >= tampered).findFirst()
            .orElse(0L);
        assertEquals(before, report.coveredSequence(), what);
        if (behind == 0) {
            assertTrue(report.isClean(), what + report.findings());
            assertTrue(tampered > report.lastSequence() || report.uncoveredBlocks() > 0, what);
            return;
        }
        List<Finding> found = withoutResults(report);
        assertEquals(1, found.size(), what + found);
        assertTrue(found.get(0).fromSequence() <= tampered
            && tampered <= found.get(0).toSequence(), what + found + tampered);
        assertEquals(before + 1, found.get(0).fromSequence(), what);
        if (found.get(0).what().startsWith("the log is")) {
            assertEquals(behind, found.get(0).toSequence(), what);
        }
        // of an empty log there is no place
        assertTrue(report.lastSequence() == 0
            || found.get(0).file().startsWith(journal.journal().toString()), what + found);
    }

    private static List<Finding> withoutResults(CheckpointReport report) {
        return report.findings().stream()
            .filter(finding -> !finding.what().startsWith("the results")).toList();
    }

    /** Everything on the machine is what it once was; the checkpoints outside know better. */
    private void rollBack() throws IOException {
        int kept = random.nextInt(journal.blocks().size());
        journal.replaceBy(journal.blocks().subList(0, kept));
        long last = journal.sequenceBehind(kept);
        CheckpointReport report = journal.verify();
        if (newest() <= last) {
            assertTrue(withoutResults(report).isEmpty(), what + report.findings());
            return;
        }
        List<Finding> found = withoutResults(report);
        assertEquals(1, found.size(), what + found);
        long before = journal.signed().stream().filter(one -> one <= last)
            .reduce(0L, (a, b) -> b);
        assertEquals(before + 1, found.get(0).fromSequence(), what);
        assertTrue(found.get(0).what().contains("ends at sequence " + last + " "), what + found);
        assertEquals(newest(), found.get(0).toSequence(), what);
        JournalCorruptException refused = assertThrows(JournalCorruptException.class,
            () -> StoredCheckpoints.check(journal.checkpoints(),
                journal.stateFile(), journal.journal(), key.verifier()), what);
        assertTrue(refused.getMessage().contains("rolled back"), refused.getMessage());
    }

    private StoredCheckpoint anyCheckpoint() throws IOException {
        List<StoredCheckpoint> all = CheckpointFiles.list(journal.checkpoints());
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private void editCheckpoint() throws IOException {
        StoredCheckpoint chosen = anyCheckpoint();
        if (chosen == null) {
            return;
        }
        byte[] content = Files.readAllBytes(chosen.file());
        int at;
        do {
            at = random.nextInt(content.length);
            // the bits that fill up the last digit of base64 mean nothing
        } while (content[at] == '=' || at + 1 < content.length && content[at + 1] == '=');
        content[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(chosen.file(), content);
        CheckpointReport report = journal.verify();
        assertEquals(1, report.findings().size(), what + " byte " + at + report.findings());
        assertEquals(chosen.file().toString(), report.findings().get(0).file(), what);
        assertEquals(journal.signed().size() - 1, report.matching(), what);
    }

    private void exchangeCheckpoint() throws IOException {
        StoredCheckpoint chosen = anyCheckpoint();
        SignedJournal other = SignedJournal.write(journal.journal().resolveSibling("other"), key,
            random.nextLong(), BLOCKS);
        List<StoredCheckpoint> others = CheckpointFiles.list(other.checkpoints());
        if (chosen == null || others.isEmpty()) {
            return;
        }
        StoredCheckpoint foreign = others.get(random.nextInt(others.size()));
        Files.delete(chosen.file());
        Path put = CheckpointFiles.write(journal.checkpoints(), foreign.note());
        CheckpointReport report = journal.verify();
        assertFalse(report.isClean(), what);
        if (journal.signed().size() > 1) {
            assertEquals(1, report.findings().size(), what + report.findings());
            assertEquals(put.toString(), report.findings().get(0).file(), what);
            assertTrue(report.findings().get(0).what().contains("another journal"), what);
        }
    }

    /** Log and checkpoints are made anew, with a key of the same name. */
    private void resign() throws IOException {
        if (journal.signed().isEmpty()) {
            return;
        }
        List<StoredCheckpoint> all = CheckpointFiles.list(journal.checkpoints());
        SigningKey own = SigningKey.generate(NAME);
        for (StoredCheckpoint stored : all) {
            CheckpointFiles.write(journal.checkpoints(),
                SignedNote.sign(stored.note().text(), own));
        }
        CheckpointReport report = journal.verify();
        assertEquals(all.size(), report.findings().size(), what);
        assertEquals(0, report.matching(), what);
        assertEquals(0, report.coveredSequence(), what);
    }
}
