package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of an epoch that no durable mark vouches for. What was read there may stand in the
 * system's memory only: after a force that failed, Linux takes the pages for written, tells the
 * failure once, and a later force of the same file succeeds without writing anything. So before
 * the epoch's end is called durable these bytes are written once more, as they are.
 */
final class UnforcedTail {
    private static final int STEP_BYTES = 1 << 20;

    private UnforcedTail() {
    }

    /**
     * A stretch of a file.
     *
     * @param from first byte
     * @param to behind the last one
     */
    record Stretch(Path file, long from, long to) {
    }

    /**
     * Finds what lies behind the block that holds a sequence.
     *
     * @param end where the epoch ends, found but not yet written down
     * @param durableSequence last one that was forced for certain
     * @return from back to front
     */
    static List<Stretch> find(Path directory, EpochEnd end, long durableSequence)
        throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        for (long segment = end.endSegment(); segment >= end.firstSegment(); segment--) {
            Path file = Segments.file(directory, segment);
            Stretch stretch = find(file, durableSequence,
                segment == end.endSegment() ? end.endOffset() : Long.MAX_VALUE);
            if (stretch.from < stretch.to) {
                stretches.add(stretch);
            }
            if (stretch.from > 0) {
                break;
            }
        }
        return stretches;
    }

    private static Stretch find(Path file, long durableSequence, long limit) throws IOException {
        try (RawScanner scanner = new RawScanner()) {
            scanner.open(file, 0);
            // where not even the first block is vouched for, neither is what precedes it
            long from = 0;
            boolean found = false;
            while (scanner.position() < limit && scanner.find() == RawScanner.Found.BLOCK) {
                found |= Envelope.lastSequence(scanner.buffer(), scanner.payloadOffset())
                    > durableSequence;
                scanner.skip();
                from = found ? from : scanner.position();
            }
            long behind = scanner.position() + RawScanner.EXCERPT_HEADER_BYTES;
            return new Stretch(file, from,
                Math.min(limit, Math.min(behind, scanner.input().fileBytes())));
        }
    }

    /** Writes a stretch again, as it is; forcing it is left to the caller. */
    static void writeAgain(Stretch stretch) throws IOException {
        try (FileChannel channel = FileChannel.open(stretch.file, StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(STEP_BYTES);
            for (long at = stretch.from; at < stretch.to; at += STEP_BYTES) {
                buffer.clear().limit((int) Math.min(STEP_BYTES, stretch.to - at));
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, at + buffer.position()) < 0) {
                        throw new IOException("the file became shorter while it was read");
                    }
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer, at + buffer.position());
                }
            }
        } catch (IOException e) {
            throw FileFailure.of(stretch.file, e);
        }
    }
}
