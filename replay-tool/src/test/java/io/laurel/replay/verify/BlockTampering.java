package io.laurel.replay.verify;

import io.laurel.replay.BlockFile;
import io.laurel.replay.BlockFile.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What somebody may do to the blocks of a closed journal. */
final class BlockTampering {
    /**
     * Where it must be found.
     *
     * @param offset in the segment, bytes
     * @param sequence the last that can be believed
     */
    record Place(String what, long offset, long sequence) {
    }

    private BlockTampering() {
    }

    /** Does one thing to one block, which is never the last. */
    static Place tamper(BlockFile file, Random random) throws IOException {
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
