package io.laurel.engine.memory;

/**
 * Places that will be read soon, so that their lines come near all at once: first they are
 * collected, then they are read in a loop so tight that many misses are under way together.
 */
public final class Touches {
    private final Pages pages;
    private final long[] places;
    private int count;

    /** For so many places at a time; more are left out. */
    public Touches(Pages pages, int capacity) {
        this.pages = pages;
        places = new long[capacity];
    }

    /** Adds the line of a place; 0 is no place, and does no harm. */
    public void add(long at) {
        if (count < places.length) {
            places[count++] = at & -Long.BYTES;
        }
    }

    /** Adds the lines of a range that begins on a line. */
    public void add(long at, int bytes) {
        for (int line = 0; line < bytes; line += Pages.LINE_BYTES) {
            add(at + line);
        }
    }

    /**
     * Reads all places and forgets them.
     *
     * @return what was read, added up; the caller must use it, or nothing need be read
     */
    public long run() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += pages.getLong(places[i]);
        }
        count = 0;
        return sum;
    }
}
