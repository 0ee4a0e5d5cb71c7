package io.laurel.engine.timer;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.CountedTree;
import io.laurel.engine.memory.Cursor;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * Deadlines of records, in the order (deadline, kind of record, id). A record has at most one
 * deadline at a time and remembers it, since taking it back needs it.
 */
public final class Timers {
    private static final int WORDS = 2;
    private static final int KIND_SHIFT = 32;

    private final Pages pages;
    private final CountedTree trees;
    private final Cursor cursor = new Cursor();
    private final long tree;
    private final long[] key = new long[WORDS];
    /** The earliest deadline, asked for twice with each command; -1 = look it up. */
    private long nextNs = -1;

    /** Opens the due work of a state. */
    public Timers(State state) {
        pages = state.pages();
        trees = new CountedTree(state.allocator(), Store.TIMERS.id(), this::compareIds);

        if (state.get(Slot.TIMERS) == 0) {
            state.set(Slot.TIMERS, trees.create());
        }
        tree = state.get(Slot.TIMERS);
    }

    /**
     * Adds a deadline.
     *
     * @param deadlineNs not negative
     * @param kind of the record, as in {@link Dictionaries}
     * @param ref of the record
     */
    public void add(long deadlineNs, int kind, int ref) {
        nextNs = -1;
        trees.insert(tree, key(deadlineNs, kind, ref));
    }

    /** Takes a deadline back. */
    public void remove(long deadlineNs, int kind, int ref) {
        nextNs = -1;
        trees.delete(tree, key(deadlineNs, kind, ref));
    }

    /** Returns the earliest deadline, Long.MAX_VALUE where there is none. */
    public long nextDeadlineNs() {
        if (nextNs < 0) {
            nextNs = trees.first(tree, cursor) ? cursor.word(0) : Long.MAX_VALUE;
        }
        return nextNs;
    }

    /** Returns whether there is a deadline that has come by a time, be it the end of all time. */
    public boolean isDue(long timeNs) {
        return nextDeadlineNs() <= timeNs && trees.first(tree, cursor);
    }

    /** Returns the kind of the record with the earliest deadline, which must exist. */
    public int nextKind() {
        trees.first(tree, cursor);
        return (int) (cursor.word(1) >>> KIND_SHIFT);
    }

    /** Takes the earliest deadline, which must exist, and returns its record. */
    public int takeNext() {
        trees.first(tree, cursor);
        nextNs = -1;
        final int ref = cursor.ref();
        key[0] = cursor.word(0);
        key[1] = cursor.word(1);
        trees.delete(tree, key);
        return ref;
    }

    private long[] key(long deadlineNs, int kind, int ref) {
        key[0] = deadlineNs;
        key[1] = (long) kind << KIND_SHIFT | ref & 0xFFFF_FFFFL;
        return key;
    }

    private int compareIds(long[] deadline, int right) {
        final int left = (int) deadline[1];
        final long at = Allocator.at(left);
        if (pages.getShort(at + 2) == Dictionaries.SESSION) {
            final long other = Allocator.at(right);
            return Long.compareUnsigned(pages.getLong(at + 8), pages.getLong(other + 8));
        }
        return IdDictionary.compareIds(pages, left, right);
    }
}
