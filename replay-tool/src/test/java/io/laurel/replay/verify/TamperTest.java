package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.StreamGenerator;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.SnapshotBytes;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody does to the blocks of a journal is found, and at its place. */
class TamperTest {
    private static final int COMMANDS = 200;
    private static final int PER_BLOCK = 10;
    private static final int BLOCKS = COMMANDS / PER_BLOCK;

    @TempDir
    private static Path scratch;
    private static Path whole;

    private Path data;
    private BlockFile file;
    private List<BlockFile.Block> blocks;

    @BeforeAll
    static void writeJournal() throws IOException {
        whole = scratch.resolve("whole");
        try (TestNode node = TestNode.open(whole, PER_BLOCK)) {
            node.play(StreamGenerator.generate(4, COMMANDS));
            node.snapshot();
        }
    }

    @BeforeEach
    void copy(TestInfo test) throws IOException {
        data = TestNode.copy(whole, scratch.resolve(test.getDisplayName().replace("()", "")));
        file = BlockFile.of(data, 1);
        blocks = file.blocks();
        assertEquals(BLOCKS, blocks.size());
    }

    /** Returns the lines that name findings in the journal. */
    private List<String> findings() {
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("on nothing is verified"), said.out());
        return said.lines().stream().filter(line -> line.startsWith("FINDING journal")).toList();
    }

    private String at(long offset, long sequence) {
        return "FINDING journal " + file.file() + " offset " + offset + " after sequence "
            + sequence + ": ";
    }

    private static List<Integer> order() {
        return new ArrayList<>(IntStream.range(0, BLOCKS).boxed().toList());
    }

    @Test
    void shouldFindEveryEditedBlock() throws IOException {
        file.flip(3, 100);
        file.flip(9, 100);
        final List<String> findings = findings();
        assertTrue(findings.get(0).startsWith(at(blocks.get(3).start(), 30)
            + "the CRC of a block does not match"), findings.toString());
        assertTrue(findings.get(1).startsWith(at(blocks.get(4).start(), 30)
            + "sequence 41 follows 30: 31 to 40 are missing"), findings.toString());
        assertTrue(findings.get(2).startsWith(at(blocks.get(9).start(), 90)
            + "the CRC of a block does not match"), findings.toString());
        assertEquals(4, findings.size(), findings.toString());
        final Said said = Said.replay("verify", "--data", data, "--json");
        assertTrue(said.out().startsWith("{\"ok\":false,\"verified_to\":30,"), said.out());
        assertTrue(said.out().contains("\"verdict\":\"unchecked\"}],\"findings\":["
            + "{\"kind\":\"journal\",\"file\":\"" + file.file() + "\",\"offset\":"
            + blocks.get(3).start() + ",\"sequence\":30,\"message\":\""), said.out());
    }

    @Test
    void shouldFindAForgedBlockByTheHashInTheNext() throws IOException {
        file.forge(5);
        final List<String> findings = findings();
        assertEquals(1, findings.size(), findings.toString());
        assertTrue(findings.get(0).startsWith(at(blocks.get(6).start(), 60)
            + "the hash of the block before does not match"), findings.toString());
    }

    @Test
    void shouldFindAForgedLastBlockByTheRecordOfTheEpoch() throws IOException {
        file.forge(BLOCKS - 1);
        assertTrue(findings().get(0).startsWith(at(blocks.get(BLOCKS - 1).end(), COMMANDS)
            + "the log does not end as it was recorded"), findings().toString());
    }

    @Test
    void shouldFindADroppedBlock() throws IOException {
        final List<Integer> order = order();
        order.remove(7);
        file.arrange(order);
        assertTrue(findings().get(0).startsWith(at(blocks.get(7).start(), 70)
            + "sequence 81 follows 70: 71 to 80 are missing"), findings().toString());
    }

    @Test
    void shouldFindSwappedBlocks() throws IOException {
        final List<Integer> order = order();
        Collections.swap(order, 11, 12);
        file.arrange(order);
        final List<String> findings = findings();
        assertTrue(findings.get(0).startsWith(at(blocks.get(11).start(), 110)
            + "sequence 121 follows 110: 111 to 120 are missing"), findings.toString());
        assertTrue(findings.get(1).contains("sequence 111 follows 130: a block stands here again"
            + " or too late"), findings.toString());
        assertEquals(2, findings.size(), findings.toString());
    }

    @Test
    void shouldFindARepeatedBlock() throws IOException {
        final List<Integer> order = order();
        order.add(3, 2);
        file.arrange(order);
        final List<String> findings = findings();
        assertTrue(findings.get(0).startsWith(at(blocks.get(3).start(), 30)
            + "sequence 21 follows 30: a block stands here again"), findings.toString());
    }

    @Test
    void shouldFindAnErasedBlock() throws IOException {
        file.zero(4);
        final List<String> findings = findings();
        assertTrue(findings.get(0).startsWith(at(blocks.get(4).start(), 40)),
            findings.toString());
    }

    @Test
    void shouldFindAShortenedFile() throws IOException {
        file.cut(blocks.get(15).start());
        assertTrue(findings().get(0).startsWith(at(blocks.get(15).start(), 150)),
            findings().toString());
    }

    @Test
    void shouldFindAMissingFile() throws IOException {
        Files.delete(file.file());
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains(at(0, 0)), said.out());
        assertTrue(said.out().contains("verified    nothing"), said.out());
    }

    @Test
    void shouldFindADamagedListOfEpochs() throws IOException {
        final Path epochs = data.resolve("journal").resolve("epochs");
        Files.writeString(epochs, Files.readString(epochs).replaceFirst("[0-9]\n", "x\n"));
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("FINDING journal " + epochs), said.out());
    }

    @Test
    void shouldFindADamagedSnapshot() throws IOException {
        final Path snapshot = data.resolve("snapshots").resolve("00000000000000000200.snap");
        final byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("FINDING snapshot " + snapshot + " sequence 200: chunk"),
            said.out());
        assertTrue(said.out().contains("verified    sequences 1 to 200, 1 finding\n"),
            said.out());
    }

    @Test
    void shouldFindTheSnapshotOfAnotherLog() throws IOException {
        final Path other = scratch.resolve("other");
        try (TestNode stranger = TestNode.open(other, PER_BLOCK)) {
            stranger.play(StreamGenerator.generate(5, COMMANDS));
            stranger.snapshot();
        }
        final String name = "snapshots/00000000000000000200.snap";
        Files.delete(data.resolve(name));
        Files.copy(other.resolve(name), data.resolve(name));
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("sequence 200: its state root is "), said.out());
        assertTrue(said.out().contains("; contests that differ: c0"), said.out());
    }

    @Test
    void shouldNameTheContestThatAManifestSaysOtherThingsOf() throws IOException {
        final SnapshotBytes snapshot = SnapshotBytes.of(data, COMMANDS);
        final SnapshotBytes.Contest contest = snapshot.contests().get(0);
        final Path changed = snapshot.flip(contest.end() - 1, 0).seal().write();
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("snapshots   200 different\n"), said.out());
        assertTrue(said.out().matches("(?s).*FINDING snapshot " + changed
            + " sequence 200: contest " + contest.id() + ": its digest in the manifest is"
            + " [0-9a-f]{64}, the log leads to [0-9a-f]{64}\n"
            + "verified    sequences 1 to 200, 1 finding\n"), said.out());
    }

    @Test
    void shouldFindASnapshotAheadOfTheLog() throws IOException {
        final Path snapshots = data.resolve("snapshots");
        final Path killed = scratch.resolve("early");
        try (TestNode early = TestNode.open(scratch.resolve("short"), PER_BLOCK)) {
            early.play(StreamGenerator.generate(4, COMMANDS).subList(0, 50));
            early.copyTo(killed);
        }
        Files.copy(snapshots.resolve("00000000000000000200.snap"),
            killed.resolve("snapshots").resolve("00000000000000000200.snap"));
        final Said said = Said.replay("verify", "--data", killed);
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("the log ends before it, at sequence 50"), said.out());
    }

    @Test
    void shouldShowStateUpToTheDamageAndRefuseWhatIsBehind() throws IOException {
        file.flip(10, 100);
        final Said before = Said.replay("state", "--data", data, "--to", 100, "--json");
        assertEquals(0, before.code(), before.err());
        assertTrue(before.err().contains("warning: the journal is damaged"), before.err());
        assertEquals(Said.replay("state", "--data", whole, "--to", 100, "--json").out(),
            before.out());
        final Said behind = Said.replay("state", "--data", data, "--to", 101,
            "--from-beginning");
        assertEquals(78, behind.code(), behind.err());
        assertTrue(behind.err().contains("offset " + blocks.get(10).start()
            + ", after sequence 100"), behind.err());
        final Said dump = Said.replay("dump", "--data", data);
        assertEquals(78, dump.code(), dump.err());
        assertEquals(100, dump.lines().size());
    }
}
