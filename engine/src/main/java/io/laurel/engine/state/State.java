package io.laurel.engine.state;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;

/**
 * The region with its root slots. Everything else in the state hangs from here, so a copy of the
 * pages is a copy of the engine.
 */
public final class State implements AutoCloseable {
    /** Version of the layout of everything in the pages; a snapshot carries it. */
    public static final int LAYOUT_VERSION = 1;
    /** Value of {@link Slot#CLOCK_MODE}: time is wall time. */
    public static final long CLOCK_SYSTEM = 1;
    /** Value of {@link Slot#CLOCK_MODE}: time is the highest ts of an event. */
    public static final long CLOCK_EVENT = 2;

    /**
     * Memory that must be free before a command may change anything: no command takes more.
     * The largest takers are a definition of 256 KiB and a first round on 64 boards.
     */
    private static final long RESERVE_BYTES = 2L << 20;

    private final Pages pages;
    private final Allocator allocator;
    private final long rootAt;
    private StateHash hash;

    /**
     * Lays out an empty state.
     *
     * @param memoryBytes size of the region; memory is taken as it is touched
     */
    public State(long memoryBytes) {
        pages = new Pages(memoryBytes);
        allocator = Allocator.create(pages);
        rootAt = allocator.rootAt();
        set(Slot.LAYOUT, LAYOUT_VERSION);
    }

    /** Names the seed of every hash in this state; once, at Genesis. */
    public void seed(long hashSeed) {
        set(Slot.HASH_SEED, hashSeed);
        hash = new StateHash(hashSeed);
    }

    /** Returns the region. */
    public Pages pages() {
        return pages;
    }

    /** Returns the allocator of the region. */
    public Allocator allocator() {
        return allocator;
    }

    /** Returns the hash with the seed of this log. */
    public StateHash hash() {
        return hash;
    }

    /** Returns the value of a root slot. */
    public long get(Slot slot) {
        return pages.getLong(rootAt + ((long) slot.ordinal() << 3));
    }

    /** Changes a root slot. */
    public void set(Slot slot, long value) {
        pages.putLong(rootAt + ((long) slot.ordinal() << 3), value);
    }

    /** Adds to a root slot. */
    public void add(Slot slot, long delta) {
        set(slot, get(slot) + delta);
    }

    /** Returns whether any command finds the memory that it may need. */
    public boolean hasRoom() {
        return allocator.freeBytes() >= RESERVE_BYTES;
    }

    /** Returns the log time of the present command, ns since the Unix epoch. */
    public long timeNs() {
        return get(Slot.TIME_NS);
    }

    /** Returns the sequence of the present command. */
    public long sequence() {
        return get(Slot.SEQUENCE);
    }

    @Override
    public void close() {
        pages.close();
    }
}
