package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.state.State;
import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.MerkleTree;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.SmallContest;
import io.laurel.replay.SnapshotBytes;
import io.laurel.replay.TestNode;
import io.laurel.replay.proof.FactPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs held against checkpoints that their writer cannot change any more. */
class CheckpointAuditTest {
    private static final int COMMANDS = 200;

    @TempDir
    private Path scratch;
    private final SigningKey key = SigningKey.generate("laurel.test");
    private final List<Step> steps = StreamGenerator.generate(8, COMMANDS);
    private Path data;
    private Path kept;
    private Path trusted;

    @BeforeEach
    void play() throws IOException {
        data = scratch.resolve("data");
        kept = Files.createDirectories(scratch.resolve("kept"));
        trusted = Files.writeString(scratch.resolve("trusted.pub"), key.verifier() + "\n");
        try (TestNode node = TestNode.open(data, 10)) {
            node.play(steps.subList(0, 100));
            sign(KeptCheckpoints.state(node.engine));
            node.play(steps.subList(100, 150));
            sign(null);
            node.play(steps.subList(150, COMMANDS));
        }
    }

    private void sign(StateRoot state) throws IOException {
        sign(data, new MerkleTree(), state);
    }

    private void sign(Path log, MerkleTree facts, StateRoot state) throws IOException {
        new KeptCheckpoints(kept, key).sign(log, facts, state);
    }

    private Said verify(Path directory, Object... more) {
        final List<Object> words = new ArrayList<>(List.of("verify", "--data", directory,
            "--checkpoints", kept, "--public-key", trusted));
        words.addAll(List.of(more));
        return Said.replay(words.toArray());
    }

    @Test
    void shouldSayWhatIsSignedAndWhatIsNotYet() {
        final Said said = verify(data);
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("checkpoints 2 of 2 match; signed up to sequence 150,"
            + " 5 blocks behind are not; 0 results and places signed"), said.out());
        assertTrue(verify(data, "--json").out().contains("\"checkpoints\":{\"believed\":2,"
            + "\"matching\":2,\"covered_sequence\":150,\"uncovered_blocks\":5,"
            + "\"covered_facts\":0,\"uncovered_facts\":"));
        assertTrue(Said.replay("verify", "--data", data).out()
            .contains("checkpoints not asked for"));
    }

    @Test
    void shouldFindALogThatWasRewrittenAsAWhole() throws IOException {
        final Path rewritten = scratch.resolve("rewritten");
        final List<Step> others = new ArrayList<>(steps);
        others.set(120, new Step(others.get(120).timeNs(),
            new Command.Tick()));
        try (TestNode node = TestNode.open(rewritten, 10)) {
            node.play(others);
        }
        assertEquals(0, Said.replay("verify", "--data", rewritten).code());
        final Said said = verify(rewritten);
        assertEquals(1, said.code(), said.out());
        final BlockFile.Block changed = BlockFile.of(rewritten, 1).blocks().get(10);
        assertTrue(said.out().contains("FINDING checkpoint "
            + BlockFile.file(rewritten, 1) + " offset " + changed.start() + " sequence 101: "),
            said.out());
        assertTrue(said.out().contains(", somewhere up to sequence 150"), said.out());
    }

    @Test
    void shouldFindALogThatWasCutBehindACleanEnd() throws IOException {
        final Path cut = scratch.resolve("cut");
        try (TestNode node = TestNode.open(cut, 10)) {
            node.play(steps.subList(0, 120));
        }
        final Said said = verify(cut);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("the log ends at sequence 120 and was signed up to 150"),
            said.out());
    }

    @Test
    void shouldFindAStateThatIsNotTheSignedOne() throws IOException {
        final String none = Checkpoint.text(new byte[32]);
        sign(new StateRoot(150, State.LAYOUT_VERSION, none, none));
        final Said said = verify(data);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("sequence 150: its state root is AAAAAAA"), said.out());
        assertTrue(said.out().contains("sequence 150: its digest of all contests is AAAAAAA"),
            said.out());
    }

    @Test
    void shouldCompareTheStateOfAnotherLayoutByItsContestsAlone() throws IOException {
        final Path other = scratch.resolve("other");
        final String none = Checkpoint.text(new byte[32]);
        final StateRoot state;
        try (TestNode node = TestNode.open(other, 10)) {
            node.play(steps);
            state = KeptCheckpoints.state(node.engine);
            node.snapshot();
        }
        kept = Files.createDirectories(scratch.resolve("kept-old"));
        sign(other, new MerkleTree(), new StateRoot(COMMANDS, 1, none, state.digest()));
        SnapshotBytes.of(other, COMMANDS).layout(1).seal().write();
        final Said said = verify(other);
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().contains("; 1 states of another layout compared by their contests"
            + " alone\n"), said.out());
        assertTrue(said.out().contains("snapshots   " + COMMANDS + " equal by its contests alone"
            + " (layout 1)\n"), said.out());
        sign(other, new MerkleTree(), new StateRoot(COMMANDS, 1, none, none));
        assertEquals(1, verify(other).code());
    }

    @Test
    void shouldHoldResultsAgainstTheSignedOnes() throws IOException {
        final Path small = scratch.resolve("small");
        final MerkleTree facts = new MerkleTree();
        try (TestNode node = TestNode.open(small, 4)) {
            node.play(SmallContest.steps());
            FactPages.readAll(node.engine, fact -> facts.append(fact.leafHash()));
        }
        assertEquals(4, facts.size(), "a result and three places");
        kept = Files.createDirectories(scratch.resolve("kept-small"));
        sign(small, facts, null);
        final Said said = verify(small);
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().contains("; 4 results and places signed\n"), said.out());
        kept = Files.createDirectories(scratch.resolve("kept-wrong"));
        facts.append(new byte[32]);
        sign(small, facts, null);
        final Said wrong = verify(small);
        assertEquals(1, wrong.code(), wrong.out());
        assertTrue(wrong.out().contains("the results in checkpoint are not those that the log"
            + " gives"), wrong.out());
    }

    @Test
    void shouldBelieveNoOtherKey() throws IOException {
        Files.writeString(trusted, SigningKey.generate("laurel.test").verifier() + "\n");
        final Said said = verify(data);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("checkpoints 0 of 0 match; nothing is signed"),
            said.out());
        assertTrue(said.out().contains("checkpoint cannot be believed"), said.out());
    }

    @Test
    void shouldRefuseHalfAQuestion() {
        assertEquals(64, Said.replay("verify", "--data", data, "--checkpoints", kept).code());
        assertEquals(64, Said.replay("verify", "--data", data, "--public-key", trusted).code());
        assertEquals(64, Said.replay("verify", "--data", data, "--checkpoints",
            scratch.resolve("nowhere"), "--public-key", trusted).code());
        assertEquals(65, Said.replay("verify", "--data", data, "--checkpoints", kept,
            "--public-key", scratch.resolve("nowhere")).code());
    }
}
