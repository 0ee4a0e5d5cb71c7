package io.laurel.engine.port;

import io.laurel.engine.memory.PageImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Snapshots in memory: the sink that keeps what it takes, and sources that give it back. */
public final class MemorySnapshots implements SnapshotSink {
    private static final int PIECE_BYTES = 10_000;

    private final List<Kept> kept = new ArrayList<>();

    /** What was taken. */
    public record Kept(SnapshotFacts facts, byte[] bytes) implements SnapshotSource {
        @Override
        public void read(Target target) {
            for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
                target.put(at, bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
            }
        }
    }

    @Override
    public PageImage room(long usedBytes) {
        return new PageImage(usedBytes);
    }

    @Override
    public synchronized void take(StateImage image, LongSupplier durableSequence) {
        try (image) {
            final byte[] bytes = new byte[(int) image.pages().usedBytes()];
            image.pages().getBytes(0, bytes, 0, bytes.length);
            kept.add(new Kept(image.facts(), bytes));
        }
    }

    /** Returns all that was taken, in order. */
    public synchronized List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** Returns the last that was taken. */
    public synchronized Kept last() {
        return kept.get(kept.size() - 1);
    }
}
