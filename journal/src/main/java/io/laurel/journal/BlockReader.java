package io.laurel.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the log block by block, each verified as {@link JournalFiles} says. One thread; the files
 * may belong to a running node.
 */
public final class BlockReader implements AutoCloseable {
    private final JournalCursor cursor;
    private final long fromSequence;
    private boolean behind;

    private BlockReader(JournalCursor cursor, long fromSequence) {
        this.cursor = cursor;
        this.fromSequence = fromSequence;
    }

    /**
     * Reads from the first block that there is and looks for lost blocks behind the end: for
     * auditors. Where older segments were pruned, the first one must name the block before it as
     * {@link JournalFiles#prunedStart} does.
     */
    public static BlockReader openVerifying(Path directory) throws IOException {
        SegmentIndex.Start first = LogFiles.of(directory).first();
        return new BlockReader(new JournalCursor(directory, true, 0, first.segment(),
            first.sequence()), first.sequence());
    }

    /**
     * Reads from the block that holds a sequence and takes the end as it is: for following a node.
     *
     * @param fromSequence from 1 on; what lies in earlier files is trusted
     */
    public static BlockReader openFollowing(Path directory, long fromSequence)
        throws IOException {
        try (SegmentIndex index = new SegmentIndex(directory)) {
            SegmentIndex.Start start = index.startFor(fromSequence);
            return new BlockReader(new JournalCursor(directory, false, 0, start.segment(),
                start.sequence()), fromSequence);
        }
    }

    /**
     * Returns the next block; null at the end of the log, where it may be asked again.
     *
     * @throws io.laurel.engine.port.JournalCorruptException where the log cannot be believed
     */
    public Block next() throws IOException {
        while (true) {
            if (behind) {
                cursor.consume();
                behind = false;
            }
            if (!cursor.next()) {
                return null;
            }
            behind = true;
            if (cursor.chain().lastSequence() >= fromSequence) {
                return block();
            }
        }
    }

    private Block block() {
        Chain chain = cursor.chain();
        return new Block(cursor.segments().get(cursor.goodSegment()).toString(),
            cursor.goodPosition() - cursor.blockBytes() - RawScanner.EXCERPT_HEADER_BYTES,
            Envelope.firstSequence(cursor.buffer(), cursor.blockOffset()),
            chain.lastSequence(), chain.lastTimeNs(), chain.hash());
    }

    /** Returns where and why the log ends, once {@link #next()} has said that it does. */
    public JournalTail tail() {
        return cursor.tail();
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
