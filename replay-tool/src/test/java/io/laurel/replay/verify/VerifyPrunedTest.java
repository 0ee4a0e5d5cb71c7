package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.journal.checkpoint.MerkleTree;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.SnapshotBytes;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs whose older segments are gone: what is there is verified, and it is said what could not be.
 * Three epochs of 200, 40 and 40 commands in blocks of 10, signed at 200, 240 and 280, with
 * snapshots at 210, 230 and 270; the first segment is gone.
 */
class VerifyPrunedTest {
    private static final int FIRST = 200;
    private static final int MORE = 40;
    private static final int END = FIRST + 2 * MORE;
    private static final String MISSING = "; 1 to 200 were pruned and could not be verified\n";

    @TempDir
    private Path scratch;
    private Path data;
    private Path trusted;
    private KeptCheckpoints kept;
    private String root;

    @BeforeEach
    void play() throws IOException {
        data = scratch.resolve("data");
        final SigningKey key = SigningKey.generate("laurel.test");
        kept = new KeptCheckpoints(Files.createDirectories(scratch.resolve("kept")), key);
        trusted = Files.writeString(scratch.resolve("trusted.pub"), key.verifier() + "\n");
        play(data, 21, true, 210);
        assertFalse(Files.exists(BlockFile.file(data, 1)));
    }

    private void play(Path target, long seed, boolean sign, long prune) throws IOException {
        try (TestNode node = TestNode.open(target, 10)) {
            node.play(StreamGenerator.generate(seed, FIRST));
            if (sign) {
                kept.sign(target, new MerkleTree(), null);
            }
        }
        try (TestNode node = TestNode.again(target, 10)) {
            tick(node, 10);
            node.snapshot();
            tick(node, 20);
            node.snapshot();
            tick(node, 10);
            if (sign) {
                kept.sign(target, new MerkleTree(), null);
            }
        }
        try (TestNode node = TestNode.again(target, 10)) {
            tick(node, 30);
            node.snapshot();
            tick(node, 10);
            if (sign) {
                kept.sign(target, new MerkleTree(), null);
            }
            root = node.stateRoot();
            assertTrue(node.prune(prune) > 0);
        }
    }

    private static void tick(TestNode node, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            node.apply(node.engine.timeNs() + 1_000_000_000L, new CommandWriter().tick());
        }
        node.flush();
    }

    private Said verify(Object... more) {
        final List<Object> words = new ArrayList<>(List.of("verify", "--data", data));
        words.addAll(List.of(more));
        return Said.replay(words.toArray());
    }

    private Said verifySigned(Object... more) {
        final List<Object> words = new ArrayList<>(
            List.of("--checkpoints", kept.directory(), "--public-key", trusted));
        words.addAll(List.of(more));
        return verify(words.toArray());
    }

    private static void says(Said said, int code, String... parts) {
        assertEquals(code, said.code(), said.out() + said.err());
        for (final String part : parts) {
            assertTrue(said.out().contains(part), part + " is not in\n" + said.out());
        }
    }

    @Test
    void shouldVerifyWhatIsThereAndSayWhatIsNot() {
        final Said said = verify();
        says(said, 0, "journal     2 files, 8 blocks, 80 records, 3 epochs\n",
            "state_root  " + root + "\n",
            "pruned      the log begins with sequence 201; replayed from snapshot 210 on, which"
                + " no checkpoint vouches for\n",
            "snapshots   210 begun from, 230 equal, 270 equal\n",
            "verified    sequences 201 to 280, nothing wrong" + MISSING);
        says(verify("--json"), 0, "{\"ok\":true,\"verified_to\":280,",
            "\"pruned\":{\"first_sequence\":201,\"begun_from_snapshot\":210,"
                + "\"snapshot_signed\":false},\"journal\":{\"files\":2,");
    }

    @Test
    void shouldHoldWhatIsThereAgainstCheckpoints() throws IOException {
        says(verifySigned(), 0, "checkpoints 3 of 3 match; signed up to sequence 280");
        says(verifySigned("--json"), 0, "\"checkpoints_before\":0}");
        data = scratch.resolve("shorter");
        kept = new KeptCheckpoints(Files.createDirectories(scratch.resolve("more")), kept.key());
        play(data, 21, true, 270);
        says(verifySigned(), 0, "checkpoints 2 of 3 match, 1 from before the log begins could"
            + " not be checked; signed up to sequence 280", "snapshots   210 unchecked, 230"
                + " unchecked, 270 begun from\n", "1 to 240 were pruned");
        says(verifySigned("--json"), 0, "\"checkpoints_before\":1}");
    }

    @Test
    void shouldSayWhereACheckpointNamesTheStateThatItBeganWith() throws IOException {
        final Path other = scratch.resolve("other");
        kept = new KeptCheckpoints(Files.createDirectories(scratch.resolve("more")), kept.key());
        try (TestNode node = TestNode.open(other, 10)) {
            node.play(StreamGenerator.generate(3, FIRST));
        }
        try (TestNode node = TestNode.again(other, 10)) {
            tick(node, 10);
            node.snapshot();
            kept.sign(other, new MerkleTree(), KeptCheckpoints.state(node.engine));
            node.prune(210);
        }
        data = other;
        says(verifySigned(), 0, "replayed from snapshot 210 on, which is as a checkpoint names it",
            "checkpoints 1 of 1 match");
        says(verifySigned("--json"), 0, "\"snapshot_signed\":true");
    }

    @Test
    void shouldFindWhatWasChangedAtItsPlace() throws IOException {
        final BlockFile last = BlockFile.of(data, 3);
        last.flip(1, 100);
        says(verify(), 1, "FINDING journal " + last.file() + " offset "
                + last.blocks().get(1).start() + " after sequence 250: the CRC of a block",
            "verified    sequences 201 to 250, ", "from sequence 251 on nothing is verified",
            MISSING);
        last.flip(1, 100);
        says(verify(), 0);
        // before the snapshot with which the replay begins
        final BlockFile first = BlockFile.of(data, 2);
        first.flip(0, 100);
        final Said said = verify();
        says(said, 1, "FINDING journal " + first.file() + " offset "
                + first.blocks().get(0).start() + " after sequence 200: the CRC of a block",
            "verified    nothing, ", "from sequence 201 on nothing is verified", MISSING);
        assertFalse(said.out().contains("state_root"), said.out());
        assertEquals(2, said.lines().stream().filter(line -> line.startsWith("FINDING")).count(),
            said.out());
    }

    @Test
    void shouldFindAnotherBlockBeforeTheFirst() throws IOException {
        final BlockFile first = BlockFile.of(data, 2);
        first.forge(0);
        says(verify(), 1, "FINDING journal " + first.file() + " offset "
            + first.blocks().get(1).start() + " after sequence 210: the hash of the block before");
    }

    @Test
    void shouldFindALogThatWasComputedAnewBehindItsFront() throws IOException {
        final Path forged = scratch.resolve("forged");
        play(forged, 22, false, 210);
        data = forged;
        says(verify(), 0);
        says(verifySigned(), 1, "checkpoint names another block before the first one that there"
            + " is", "checkpoints 0 of 3 match; nothing is signed");
    }

    @Test
    void shouldBeginAtTheNextSnapshotWhereTheOldestIsDamaged() throws IOException {
        SnapshotBytes.of(data, 210).flip(4_000, 1).write();
        says(verify(), 1, "FINDING snapshot " + SnapshotBytes.file(data, 210) + " sequence 210: ",
            "replayed from snapshot 230 on", "snapshots   210 damaged, 230 begun from, 270 equal",
            "verified    sequences 201 to 280, 1 finding; 1 to 200 were pruned");
    }

    @Test
    void shouldNotBeginWithTheSnapshotOfAnotherLog() throws IOException {
        final Path other = scratch.resolve("other");
        play(other, 22, false, 210);
        Files.copy(SnapshotBytes.file(other, 210), SnapshotBytes.file(data, 210),
            StandardCopyOption.REPLACE_EXISTING);
        says(verify(), 1, "FINDING snapshot " + SnapshotBytes.file(data, 230)
            + " sequence 230: the snapshot 210 before it is not the one it names",
            "280, 1 finding; ", "snapshots   210 different, 230 begun from, 270 equal");
    }

    @Test
    void shouldNotBeginWhereTheFrontIsThatOfAnotherLog() throws IOException {
        final Path other = scratch.resolve("other");
        try (TestNode node = TestNode.open(other, 10)) {
            node.play(StreamGenerator.generate(3, FIRST));
        }
        try (TestNode node = TestNode.again(other, 10)) {
            tick(node, 10);
            node.snapshot();
            node.pruneAs(210, node.engine.hashSeed() + 1);
        }
        data = other;
        says(verify(), 1, "beside it is no snapshot of it", "snapshots   210 unchecked\n",
            "verified    sequences 201 to 210, 1 finding; ");
    }

    @Test
    void shouldStillVerifyTheChainWhereNoSnapshotIsLeft() throws IOException {
        for (final long sequence : List.of(210L, 230L, 270L)) {
            Files.delete(SnapshotBytes.file(data, sequence));
        }
        final String none = "the log was pruned, and beside it is no snapshot of it to begin from:"
            + " only the chain was verified";
        says(verifySigned(), 1, "journal     2 files, 8 blocks, 80 records, 3 epochs\n",
            "FINDING replay sequence 200: " + none, "checkpoints 3 of 3 match",
            "verified    sequences 201 to 280, 1 finding; 1 to 200 were pruned");
        final BlockFile last = BlockFile.of(data, 3);
        last.flip(1, 100);
        says(verify(), 1, none, "FINDING journal " + last.file(),
            "verified    sequences 201 to 250, ");
    }

    @Test
    void shouldFindThatTheEndIsMissing() throws IOException {
        Files.delete(BlockFile.file(data, 3));
        says(verify(), 1, "FINDING journal " + BlockFile.file(data, 3) + " offset 0 after sequence"
            + " 240: the file is missing", "verified    sequences 201 to 240, ");
        says(verifySigned(), 1, "checkpoints 2 of 3 match");
    }
}
