package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.LogRecord;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.CheckpointFiles;
import io.laurel.journal.checkpoint.CheckpointReport;
import io.laurel.journal.checkpoint.CheckpointVerifier;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.LogTrees;
import io.laurel.journal.checkpoint.SignedNote;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import io.laurel.journal.checkpoint.VerifierKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal of random content that was signed now and then while it grew, as a node does it, and
 * what somebody needs who rewrites it.
 */
public final class SignedJournal {
    private static final String NO_HASH = "A".repeat(43) + "=";
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int MAX_RECORDS = 6;
    private static final int MAX_BODY = 60;

    private final Path root;
    private final SigningKey key;
    private final Random random;
    private final List<byte[]> blocks = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Long> signed = new ArrayList<>();
    /** How many blocks there were at the end of each epoch. */
    private final List<Integer> epochs = new ArrayList<>();
    private long lastSequence;

    private SignedJournal(Path root, SigningKey key, long seed) {
        this.root = root;
        this.key = key;
        random = new Random(seed);
    }

    /** Writes a journal of so many blocks, in a few epochs, and signs it at random moments. */
    public static SignedJournal write(Path root, SigningKey key, long seed, int blockCount)
        throws IOException {
        SignedJournal made = new SignedJournal(root, key, seed);
        for (int i = 0; i < blockCount; i++) {
            made.blocks.add(made.randomBlock());
        }
        seal(made.blocks);
        Files.createDirectories(made.journal());
        int from = 0;
        while (from < blockCount) {
            int to = Math.min(blockCount, from + 1 + made.random.nextInt(blockCount));
            made.grow(from, to);
            made.epochs.add(to);
            from = to;
        }
        return made;
    }

    /** One run of a node: opens, appends, forces, signs now and then, closes. */
    private void grow(int from, int to) throws IOException {
        StoredCheckpoints stored = StoredCheckpoints.check(checkpoints(), stateFile(), journal(),
            key.verifier());
        try (ChronicleJournal log = open(journal()); LogTrees trees = new LogTrees(stored)) {
            for (int i = from; i < to; i++) {
                append(log, blocks.get(i));
                lastSequence = log.lastAppendedSequence();
                if (random.nextInt(4) == 0) {
                    sign(trees, log.force());
                }
            }
        }
    }

    private void sign(LogTrees trees, long durable) throws IOException {
        while (trees.advance(durable, 3)) {
            Thread.onSpinWait();
        }
        if (random.nextInt(3) == 0) {
            List<Fact> more = contest("c" + facts.size(), random.nextInt(4));
            trees.addFacts(more, true);
            facts.addAll(more);
        }
        if (trees.isReady()) {
            Files.createDirectories(checkpoints());
            StateRoot state = random.nextBoolean() ? null : new StateRoot(trees.sequence(), 1,
                NO_HASH, NO_HASH);
            CheckpointFiles.write(checkpoints(), SignedNote.sign(
                trees.checkpoint(key.verifier().name(), state).toText(), key));
            trees.save();
            signed.add(trees.sequence());
        }
    }

    private List<Fact> contest(String id, int entries) {
        List<Fact> made = new ArrayList<>();
        made.add(new Fact.ContestResult(id, lastSequence, 1, new byte[32], 0, entries,
            new byte[32]));
        for (int rank = 1; rank <= entries; rank++) {
            made.add(new Fact.FinalEntry(Fact.FinalEntry.salt(7, id, "u" + rank), id, rank,
                "u" + rank, random.nextInt(100), 0, 1, 0));
        }
        return made;
    }

    private static ChronicleJournal open(Path directory) throws IOException {
        return ChronicleJournal.open(new JournalConfig(directory, SEGMENT_BYTES, 0),
            JournalFiles.scan(directory));
    }

    private static void append(ChronicleJournal log, byte[] records) throws IOException {
        long first = log.lastAppendedSequence() + 1;
        log.append(new UnsafeBuffer(records), 0, records.length, first,
            first + recordCount(records) - 1, first - 1);
    }

    /** Records of random content without sequence and CRC. */
    byte[] randomBlock() {
        ByteBuffer made = ByteBuffer.allocate(MAX_RECORDS * (LogRecord.HEADER_BYTES + MAX_BODY
            + LogRecord.ALIGNMENT)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int left = 1 + random.nextInt(MAX_RECORDS); left > 0; left--) {
            byte[] body = new byte[1 + random.nextInt(MAX_BODY)];
            random.nextBytes(body);
            int length = LogRecord.HEADER_BYTES + body.length;
            made.putInt(at, length).putShort(at + LogRecord.TEMPLATE_OFFSET, (short) 7);
            made.put(at + LogRecord.HEADER_BYTES, body);
            at += LogRecord.aligned(length);
        }
        byte[] block = new byte[at];
        made.get(0, block);
        return block;
    }

    private static int recordCount(byte[] block) {
        ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int at = 0; at < block.length; at += LogRecord.aligned(buffer.getInt(at))) {
            count++;
        }
        return count;
    }

    /** Gives all records sequence, time and CRC, as somebody does who rewrites a log. */
    static void seal(List<byte[]> blocks) {
        long sequence = 0;
        for (byte[] block : blocks) {
            ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < block.length; at += LogRecord.aligned(buffer.getInt(at))) {
                sequence++;
                buffer.putLong(at + LogRecord.SEQUENCE_OFFSET, sequence);
                buffer.putLong(at + LogRecord.TIME_OFFSET, TestBlocks.START_NS + sequence);
                CRC32C crc = new CRC32C();
                crc.update(block, at + LogRecord.SEQUENCE_OFFSET,
                    buffer.getInt(at) - LogRecord.SEQUENCE_OFFSET);
                buffer.putInt(at + LogRecord.CRC_OFFSET, (int) crc.getValue());
            }
        }
    }

    /** Writes another journal with a chain that holds in place of this one, in the same epochs. */
    void replaceBy(List<byte[]> others) throws IOException {
        clear(journal());
        List<byte[]> copies = new ArrayList<>();
        others.forEach(block -> copies.add(block.clone()));
        seal(copies);
        int at = 0;
        for (int end : epochs) {
            boolean last = end == blocks.size();
            try (ChronicleJournal log = open(journal())) {
                while (at < copies.size() && (last || at < end)) {
                    append(log, copies.get(at++));
                }
            }
        }
    }

    static void clear(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Returns the last sequence of the first blocks. */
    long sequenceBehind(int blockCount) {
        return blocks.subList(0, blockCount).stream().mapToInt(SignedJournal::recordCount).sum();
    }

    /** Holds the journal against the checkpoints, as an auditor does. */
    CheckpointReport verify() throws IOException {
        Path keys = Files.writeString(root.resolve("public"), key.verifier() + "\n");
        CheckpointVerifier verifier = CheckpointVerifier.open(checkpoints(), keys);
        boolean whole = true;
        try (BlockReader reader = BlockReader.openVerifying(journal())) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                verifier.onBlock(block);
            }
        } catch (JournalCorruptException e) {
            whole = false;
        }
        verifier.beginFacts();
        facts.forEach(verifier::onFact);
        return verifier.finish(whole);
    }

    Path journal() {
        return root.resolve("journal");
    }

    Path checkpoints() {
        return root.resolve("outside");
    }

    Path stateFile() {
        return root.resolve("trees");
    }

    VerifierKey verifierKey() {
        return key.verifier();
    }

    List<byte[]> blocks() {
        return blocks;
    }

    List<Fact> facts() {
        return facts;
    }

    /** Returns the sequences that were signed, in order. */
    List<Long> signed() {
        return signed;
    }

    long lastSequence() {
        return lastSequence;
    }
}
