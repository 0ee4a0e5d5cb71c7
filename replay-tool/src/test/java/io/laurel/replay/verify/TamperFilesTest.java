package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.replay.BlockFile;
import io.laurel.replay.BlockFile.Block;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Whole files of a journal of several segments that somebody swaps, empties, adds or prolongs. */
class TamperFilesTest {
    private static final int PER_BLOCK = 1_000;
    private static final int COMMANDS = 100_000;

    @TempDir
    private static Path scratch;
    private static Path whole;

    private Path data;

    @BeforeAll
    static void writeJournal() throws IOException {
        whole = scratch.resolve("whole");
        try (TestNode node = TestNode.open(whole, PER_BLOCK)) {
            node.play(StreamGenerator.generate(4, PER_BLOCK));
            final CommandWriter tick = new CommandWriter().tick();
            for (int i = PER_BLOCK; i < COMMANDS; i++) {
                node.apply(node.engine.timeNs() + 1, tick);
            }
        }
        assertTrue(Files.exists(BlockFile.file(whole, 4)), "several segments");
    }

    @BeforeEach
    void copy(TestInfo test) throws IOException {
        data = TestNode.copy(whole, scratch.resolve(test.getDisplayName().replace("()", "")));
    }

    private static List<Block> blocks(Path data, int segment) throws IOException {
        return BlockFile.of(data, segment).blocks();
    }

    private String at(int segment, long offset, long sequence) {
        return "FINDING journal " + BlockFile.file(data, segment) + " offset " + offset
            + " after sequence " + sequence + ": ";
    }

    private void finds(String... parts) {
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(1, said.code(), said.out() + said.err());
        for (final String part : parts) {
            assertTrue(said.out().contains(part), part + " is not in\n" + said.out());
        }
    }

    private void append(int segment, byte[] more) throws IOException {
        Files.write(BlockFile.file(data, segment), more, StandardOpenOption.APPEND);
    }

    private static byte[] bytes(Path data, int segment, Block block) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(BlockFile.file(data, segment)),
            block.start(), block.end());
    }

    @Test
    void shouldVerifyUpToTheFirstOfTwoSwappedFiles() throws IOException {
        final Path aside = data.resolve("aside");
        Files.move(BlockFile.file(data, 2), aside);
        Files.move(BlockFile.file(data, 3), BlockFile.file(data, 2));
        Files.move(aside, BlockFile.file(data, 3));
        final List<Block> first = blocks(whole, 1);
        final long end = first.get(first.size() - 1).lastSequence();
        final long third = blocks(whole, 3).get(0).firstSequence();
        finds("sequence " + third + " follows " + end + ": ",
            "verified    sequences 1 to " + end + ", ",
            "; from sequence " + (end + 1) + " on nothing is verified");
        assertEquals(0, Said.replay("state", "--data", data, "--to", end).code());
        assertEquals(78, Said.replay("state", "--data", data, "--to", end + 1).code());
    }

    @Test
    void shouldNameTheFileThatIsEmpty() throws IOException {
        final long length = Files.size(BlockFile.file(data, 2));
        Files.write(BlockFile.file(data, 2), new byte[0]);
        final long end = blocks(whole, 2).get(0).firstSequence() - 1;
        final long written = blocks(whole, 2).get(blocks(whole, 2).size() - 1).end();
        assertTrue(written <= length);
        finds(at(2, 0, end) + "the file has 0 bytes of the ",
            "verified    sequences 1 to " + end + ", ");
    }

    @Test
    void shouldFindABlockOnceMoreBehindTheEndOfTheLog() throws IOException {
        final List<Block> last = blocks(data, 4);
        final Block end = last.get(last.size() - 1);
        append(4, bytes(data, 4, last.get(0)));
        finds(at(4, end.end(), COMMANDS) + "behind the end of epoch 1, where nothing is read, are ",
            "and 1 whole blocks; when it ended there were 0 and 0",
            "verified    sequences 1 to " + COMMANDS + ", 1 finding\n");
    }

    @Test
    void shouldFindAFileOnceMoreBehindTheLast() throws IOException {
        Files.copy(BlockFile.file(data, 1), BlockFile.file(data, 5));
        finds("behind the end of the log are " + blocks(data, 1).size() + " whole blocks that it"
            + " has before", "verified    sequences 1 to " + COMMANDS + ", 1 finding\n");
    }

    @Test
    void shouldNotMindTimesOfFilesNorLinks() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (final Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
        final Path link = Files.createSymbolicLink(scratch.resolve("link"), data);
        for (final Path path : List.of(data, link)) {
            final Said said = Said.replay("verify", "--data", path);
            assertEquals(0, said.code(), said.out() + said.err());
        }
    }
}
