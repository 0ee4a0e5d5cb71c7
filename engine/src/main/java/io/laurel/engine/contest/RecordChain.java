package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Pages;

/**
 * Records in the order in which they were appended. The head holds the first and the last (u32
 * each), a record its neighbours (u32 each) at a place that is the same in all.
 */
final class RecordChain {
    private static final int LAST = 4;
    private static final int NEXT = 4;

    private final Pages pages;
    private final long headAt;
    private final int linksAt;

    /**
     * Goes on with a chain; eight zero bytes are an empty one.
     *
     * @param linksAt where a record holds its neighbours
     */
    RecordChain(Pages pages, long headAt, int linksAt) {
        this.pages = pages;
        this.headAt = headAt;
        this.linksAt = linksAt;
    }

    /** Returns the first record, 0 = none. */
    long first() {
        return Allocator.at(pages.getInt(headAt));
    }

    /** Returns the record behind another, 0 = none. */
    long next(long record) {
        return Allocator.at(pages.getInt(record + linksAt + NEXT));
    }

    void append(long record) {
        final int last = pages.getInt(headAt + LAST);
        final int ref = Allocator.ref(record);
        pages.putInt(record + linksAt, last);
        pages.putInt(record + linksAt + NEXT, 0);
        if (last == 0) {
            pages.putInt(headAt, ref);
        } else {
            pages.putInt(Allocator.at(last) + linksAt + NEXT, ref);
        }
        pages.putInt(headAt + LAST, ref);
    }

    void remove(long record) {
        final int previous = pages.getInt(record + linksAt);
        final int next = pages.getInt(record + linksAt + NEXT);
        pages.putInt(previous == 0 ? headAt : Allocator.at(previous) + linksAt + NEXT, next);
        pages.putInt(next == 0 ? headAt + LAST : Allocator.at(next) + linksAt, previous);
    }
}
