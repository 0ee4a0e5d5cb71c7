package io.laurel.engine.state;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.CutRehearsal;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.port.SnapshotFacts;
import io.laurel.engine.port.SnapshotSource;
import java.io.IOException;

/**
 * The region with its root slots. Everything else in the state hangs from here, so a copy of the
 * pages is a copy of the engine.
 */
public final class State implements AutoCloseable {
    /** Version of the layout of everything in the pages; a snapshot carries it. */
    public static final int LAYOUT_VERSION = 4;
    /** Value of {@link Slot#CLOCK_MODE}: time is wall time. */
    public static final long CLOCK_SYSTEM = 1;
    /** Value of {@link Slot#CLOCK_MODE}: time is the highest ts of an event. */
    public static final long CLOCK_EVENT = 2;

    /**
     * Memory that must be free before a command may change anything: no command takes more.
     * The largest takers are a definition of 256 KiB and a first round on 64 boards.
     */
    private static final long RESERVE_BYTES = 2L << 20;

    static {
        CutRehearsal.run();
    }

    private final Pages pages;
    private final Runnable release;
    private final Allocator allocator;
    private final long rootAt;
    private StateHash hash;

    /**
     * Lays out an empty state.
     *
     * @param memoryBytes size of the region; memory is taken as it is touched
     * @param advice prepares the region
     */
    public State(long memoryBytes, MemoryAdvice advice) {
        pages = new Pages(memoryBytes, advice::region);
        release = prepare(pages, advice);
        allocator = Allocator.create(pages);
        rootAt = allocator.rootAt();
        set(Slot.LAYOUT, LAYOUT_VERSION);
    }

    private static Runnable prepare(Pages pages, MemoryAdvice advice) {
        return advice.prepare(pages.address(), pages.capacityBytes(),
            () -> Allocator.usedBytesFromAnyThread(pages));
    }

    private State(Pages pages, Runnable release) {
        this.pages = pages;
        this.release = release;
        allocator = Allocator.open(pages);
        rootAt = allocator.rootAt();
        hash = new StateHash(get(Slot.HASH_SEED));
    }

    /**
     * Opens the state that a snapshot holds.
     *
     * @param memoryBytes size of the region; never smaller than that of the snapshot
     * @param advice prepares the region
     * @throws IOException where the snapshot cannot be read, or is not what it says
     */
    public static State open(SnapshotSource source, long memoryBytes, MemoryAdvice advice)
        throws IOException {
        final SnapshotFacts facts = source.facts();
        final Pages pages = new Pages(Math.max(memoryBytes, facts.regionBytes()),
            advice::region);
        final Runnable release = prepare(pages, advice);
        try {
            source.read(pages::putBytes);
            final State state = new State(pages, release);
            if (facts.layoutVersion() != LAYOUT_VERSION
                || !state.facts(facts.regionBytes()).equals(facts)) {
                throw new IOException("the bytes are of " + state.facts(facts.regionBytes())
                    + ", not of " + facts);
            }
            return state;
        } catch (IOException | RuntimeException | Error e) {
            release.run();
            pages.close();
            throw e;
        }
    }

    /** Shows an image as a state, for reading only and as long as the image is open. */
    public static State over(PageImage image) {
        return new State(Pages.over(image), () -> { });
    }

    /** Returns what goes with a snapshot of this state. */
    public SnapshotFacts facts() {
        return facts(pages.capacityBytes());
    }

    private SnapshotFacts facts(long regionBytes) {
        return new SnapshotFacts((int) get(Slot.LAYOUT), (int) get(Slot.BEHAVIOUR_VERSION),
            get(Slot.CLOCK_MODE) == CLOCK_EVENT, get(Slot.HASH_SEED), sequence(), timeNs(),
            allocator.usedBytes(), regionBytes);
    }

    /** As {@link Pages#copyAhead}, of everything. */
    public boolean copyAhead(int maxPages) {
        return pages.copyAhead(maxPages, allocator.usedBytes());
    }

    /**
     * Begins an image of everything as it is now.
     *
     * @param room for it, this state's until the image is complete
     * @throws IllegalStateException where another image is being made
     */
    public void beginCut(PageImage room) {
        pages.beginCut(room, allocator.usedBytes());
    }

    /** Returns how much of the region is used, perhaps a moment ago; any thread. */
    public long usedBytesFromAnyThread() {
        return Allocator.usedBytesFromAnyThread(pages);
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
        release.run();
        pages.close();
    }
}
