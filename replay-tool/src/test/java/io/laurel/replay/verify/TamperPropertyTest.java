package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.StreamGenerator;
import io.laurel.replay.BlockFile;
import io.laurel.replay.BlockFile.Block;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random tampering with the blocks of a closed journal: all of it is found, at its place. */
class TamperPropertyTest {
    private static final boolean LONG = Boolean.getBoolean("laurel.long");
    private static final int CASES = LONG ? 1_000 : 24;
    private static final int COMMANDS = 120;
    private static final int PER_BLOCK = 8;

    @TempDir
    private Path scratch;

    @Test
    void shouldFindWhateverIsDoneToABlock() throws IOException {
        final Path whole = scratch.resolve("whole");
        try (TestNode node = TestNode.open(whole, PER_BLOCK)) {
            node.play(StreamGenerator.generate(12, COMMANDS));
        }
        final byte[] bytes = Files.readAllBytes(BlockFile.file(whole, 1));
        for (int seed = 0; seed < CASES; seed++) {
            final BlockFile file = BlockFile.of(whole, 1);
            final Place place = tamper(file, new Random(seed));
            final Said said = Said.replay("verify", "--data", whole);
            final String what = "seed " + seed + ", " + place + ": " + said.out() + said.err();
            assertEquals(1, said.code(), what);
            assertTrue(said.lines().stream().filter(line -> line.startsWith("FINDING journal"))
                .findFirst().orElseThrow().startsWith("FINDING journal " + file.file()
                    + " offset " + place.offset() + " after sequence " + place.sequence() + ": "),
                what);
            Files.write(file.file(), bytes);
            final Said untouched = Said.replay("verify", "--data", whole);
            assertEquals(0, untouched.code(), what + untouched.out());
        }
    }

    /**
     * Where it must be found.
     *
     * @param sequence the last that can be believed
     */
    private record Place(String what, long offset, long sequence) {
    }

    private static Place tamper(BlockFile file, Random random) throws IOException {
        final List<Block> blocks = file.blocks();
        final int last = blocks.size() - 1;
        final int index = random.nextInt(last);
        final Block block = blocks.get(index);
        final Place before = new Place("block " + index, block.start(), block.firstSequence() - 1);
        final List<Integer> order =
            new ArrayList<>(IntStream.rangeClosed(0, last).boxed().toList());
        switch (random.nextInt(6)) {
            case 0 -> {
                file.flip(index, random.nextInt(block.end() - block.start() - 4));
                return before;
            }
            case 1 -> {
                file.zero(index);
                return before;
            }
            case 2 -> {
                order.remove(index);
                file.arrange(order);
                return before;
            }
            case 3 -> {
                final int other = index + 1 + random.nextInt(last - index);
                order.set(index, other);
                order.set(other, index);
                file.arrange(order);
                return before;
            }
            case 4 -> {
                order.add(index + 1, random.nextInt(index + 1));
                file.arrange(order);
                return new Place("repeat", block.end(), block.lastSequence());
            }
            default -> {
                file.forge(index);
                return new Place("forge " + index, blocks.get(index + 1).start(),
                    block.lastSequence());
            }
        }
    }
}
