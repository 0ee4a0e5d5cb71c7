package io.laurel.engine.intake;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * What is remembered, grouped by time so that it can be dropped again. A generation spans a fixed
 * width of {@code ts} and owns chunks of 64-byte event records. The oldest generation goes a slice
 * at a time once its whole span is forgotten.
 *
 * <pre>
 * generation (64 B): 0 start i64 · 8 end i64 · 16 chunk u32 · 24 next u32
 * chunk (4,096 B):   0 next u32 · 4 count u32 · 64 records of 64 B
 * </pre>
 */
final class Generations {
    static final int RECORD_BYTES = 64;

    private static final int GENERATION_BYTES = 64;
    private static final int CHUNK_BYTES = 4_096;
    private static final int CHUNK_HEAD_BYTES = 64;
    private static final int RECORDS = (CHUNK_BYTES - CHUNK_HEAD_BYTES) / RECORD_BYTES;

    private static final int START = 0;
    private static final int END = 8;
    private static final int CHUNK = 16;
    private static final int NEXT = 24;
    private static final int COUNT = 4;

    /** Halves of the default horizon of 16 minutes; finer would only mean more lists. */
    private static final long WIDTH_NS = 8L * 60 * 1_000_000_000;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;

    Generations(State state) {
        this.state = state;
        this.pages = state.pages();
        this.allocator = state.allocator();
    }

    /** Returns the generation whose span holds a time, made where there is none. */
    long of(long ts) {
        final long start = Math.floorDiv(ts, WIDTH_NS) * WIDTH_NS;
        long previous = 0;
        long at = oldest();
        while (at != 0 && pages.getLong(at + START) < start) {
            previous = at;
            at = next(at);
        }
        if (at != 0 && pages.getLong(at + START) == start) {
            return at;
        }
        final long made = allocator.allocate(Store.EVENTS.id(), GENERATION_BYTES);
        pages.putLong(made + START, start);
        // the last one has no end: there is no time behind it
        pages.putLong(made + END, start > Long.MAX_VALUE - WIDTH_NS ? Long.MAX_VALUE
            : start + WIDTH_NS);
        pages.putInt(made + NEXT, Allocator.ref(at));
        if (previous == 0) {
            state.set(Slot.GENERATIONS, made);
        } else {
            pages.putInt(previous + NEXT, Allocator.ref(made));
        }
        return made;
    }

    /** Returns the oldest generation, 0 where there is none. */
    long oldest() {
        return state.get(Slot.GENERATIONS);
    }

    /** Returns the first time behind a generation. */
    long endOf(long generation) {
        return pages.getLong(generation + END);
    }

    /** Returns a new record of 64 bytes in a generation. */
    long addRecord(long generation) {
        long chunk = Allocator.at(pages.getInt(generation + CHUNK));
        if (chunk == 0 || pages.getInt(chunk + COUNT) == RECORDS) {
            final long made = allocator.allocate(Store.EVENTS.id(), CHUNK_BYTES);
            pages.putInt(made, Allocator.ref(chunk));
            pages.putInt(generation + CHUNK, Allocator.ref(made));
            chunk = made;
        }
        final int count = pages.getInt(chunk + COUNT);
        pages.putInt(chunk + COUNT, count + 1);
        return chunk + CHUNK_HEAD_BYTES + (long) count * RECORD_BYTES;
    }

    /** Returns the last record of a generation, 0 where there is none. */
    long lastRecord(long generation) {
        final long chunk = Allocator.at(pages.getInt(generation + CHUNK));
        return chunk == 0 ? 0
            : chunk + CHUNK_HEAD_BYTES + (long) (pages.getInt(chunk + COUNT) - 1) * RECORD_BYTES;
    }

    /** Drops the last record of a generation, and its chunk with its last one. */
    void dropLastRecord(long generation) {
        final long chunk = Allocator.at(pages.getInt(generation + CHUNK));
        final int count = pages.getInt(chunk + COUNT) - 1;
        pages.putInt(chunk + COUNT, count);
        if (count == 0) {
            pages.putInt(generation + CHUNK, pages.getInt(chunk));
            allocator.free(Store.EVENTS.id(), chunk, CHUNK_BYTES);
        }
    }

    /** Takes the oldest generation away, which must be empty. */
    void dropOldest() {
        final long oldest = oldest();
        state.set(Slot.GENERATIONS, next(oldest));
        allocator.free(Store.EVENTS.id(), oldest, GENERATION_BYTES);
    }

    private long next(long generation) {
        return Allocator.at(pages.getInt(generation + NEXT));
    }
}
